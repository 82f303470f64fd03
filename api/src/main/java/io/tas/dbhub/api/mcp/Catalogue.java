package io.tas.dbhub.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tas.dbhub.core.model.DatabaseType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the engines' own catalogues are asked for what is in a database: one statement for each
 * engine and type of object, from the resources beside this class.
 */
final class Catalogue {
  private static final String SECTION = "--- ";
  private static final String DETAIL = "+";
  private static final Pattern VALUE = Pattern.compile(":(pattern|schema|table)\\b");

  private final Map<DatabaseType, Map<ObjectType, String>> texts =
      new EnumMap<>(DatabaseType.class);

  Catalogue() {
    for (DatabaseType type : DatabaseType.values()) {
      texts.put(type, read(file(type)));
    }
  }

  /**
   * What is looked for.
   *
   * @param pattern as of LIKE, in upper or lower case
   * @param schema empty for the engine's default: all, or the connection's own
   * @param table empty for any
   * @param full with all there is to tell of each
   */
  record Search(ObjectType type, String pattern, String schema, String table, boolean full) {}

  /** A statement with the values of its placeholders. */
  record Question(String sql, List<JsonNode> parameters) {}

  /** Empty when the engine has no such objects. */
  Optional<Question> question(DatabaseType engine, Search search) {
    return Optional.ofNullable(texts.getOrDefault(engine, Map.of()).get(search.type()))
        .map(text -> question(text, search));
  }

  private static Question question(String text, Search search) {
    StringBuilder lines = new StringBuilder();
    text.lines()
        .filter(line -> search.full() || !line.startsWith(DETAIL))
        .map(line -> line.startsWith(DETAIL) ? line.substring(DETAIL.length()) : line)
        .forEach(line -> lines.append(line.strip()).append('\n'));
    List<JsonNode> values = new ArrayList<>();
    Matcher named = VALUE.matcher(lines.toString().strip());
    String sql =
        named.replaceAll(
            found -> {
              values.add(TextNode.valueOf(value(found.group(1), search)));
              return "?";
            });
    return new Question(sql, values);
  }

  private static String value(String name, Search search) {
    return switch (name) {
      case "pattern" -> search.pattern();
      case "schema" -> search.schema();
      default -> search.table();
    };
  }

  private static String file(DatabaseType type) {
    return switch (type) {
      case POSTGRES -> "postgres.sql";
      case MYSQL, MARIADB -> "mysql.sql";
      case SQLITE -> "sqlite.sql";
      case SQLSERVER -> "sqlserver.sql";
    };
  }

  private static Map<ObjectType, String> read(String file) {
    Map<ObjectType, String> statements = new EnumMap<>(ObjectType.class);
    String[] sections = text(file).split("(?m)^" + SECTION, -1);
    for (int i = 1; i < sections.length; i++) {
      String name = sections[i].lines().findFirst().orElse("");
      ObjectType type =
          ObjectType.fromWireName(name)
              .orElseThrow(() -> new IllegalStateException(file + " has a section " + name));
      statements.put(type, sections[i].substring(name.length()));
    }
    return statements;
  }

  private static String text(String file) {
    try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
