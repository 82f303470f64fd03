package io.tas.dbhub.gate.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tas.dbhub.core.model.DatabaseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A text of one or more statements, full of what only looks like a placeholder or an end, with
 * hostile values.
 *
 * @param statements as they should be sent, with their placeholders
 * @param numbered whether placeholders are as $1
 */
record RandomText(
    String sql, List<String> statements, List<JsonNode> parameters, boolean numbered) {
  /** Every value has it, and no text. */
  static final String MARK = "\u00a7";

  private static final List<String> ANYWHERE =
      List.of(
          "t.a",
          "42",
          "1.5e-3",
          "'it''s; ?'",
          "'\uD83D\uDE00 \u00e9'",
          "/* ? ; ' */ 7",
          "-- ? ; '\n 8",
          "f( 1 )",
          "\u00fcber");

  private static final List<String> HOSTILE =
      List.of("'; DROP TABLE t; --", "?", "$1", "\\'", "*/", "\"", "`", "]", "$$", "", "\n;\n");

  static RandomText of(DatabaseType type, Random random) {
    boolean numbered = type == DatabaseType.POSTGRES;
    List<String> pieces = new ArrayList<>(ANYWHERE);
    pieces.addAll(own(type));
    List<String> statements = new ArrayList<>();
    int placeholders = 0;
    int count = 1 + random.nextInt(3);
    int most = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      StringBuilder statement = new StringBuilder("SELECT 0");
      for (int n = random.nextInt(6); n > 0; n--) {
        statement.append(random.nextBoolean() ? " , " : ",");
        if (random.nextInt(3) > 0) {
          statement.append(pieces.get(random.nextInt(pieces.size())));
        } else if (numbered) {
          int index = 1 + random.nextInt(most);
          placeholders = Math.max(placeholders, index);
          statement.append('$').append(index);
        } else {
          placeholders++;
          statement.append('?');
        }
      }
      statements.add(statement.append(" , x").toString());
    }
    String sql = " " + String.join(random.nextBoolean() ? ";" : " ; ;\n", statements);
    List<JsonNode> parameters = new ArrayList<>();
    for (int i = 0; i < placeholders; i++) {
      parameters.add(TextNode.valueOf(MARK + HOSTILE.get(random.nextInt(HOSTILE.size()))));
    }
    boolean batch = type == DatabaseType.SQLSERVER;
    return new RandomText(sql, batch ? List.of(sql.strip()) : statements, parameters, numbered);
  }

  private static List<String> own(DatabaseType type) {
    return switch (type) {
      case POSTGRES -> List.of("$$ ? ; $1 $$", "$q$ ' $q$", "\"c?;\"", "E'\\'?;'", "a @? b");
      case MYSQL, MARIADB -> List.of("`c?;`", "'\\'?;'");
      case SQLSERVER -> List.of("[c?;]", "\"d?\"", "@v", "N'?;'");
      case SQLITE -> List.of("[c?;]", "`c?`", "\"c;\"");
    };
  }
}
