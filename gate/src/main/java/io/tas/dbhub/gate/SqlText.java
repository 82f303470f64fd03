package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A text taken apart. */
public record SqlText(String sql, DatabaseType type, List<SqlToken> tokens) {
  public SqlText {
    tokens = List.copyOf(tokens);
  }

  /** The tokens of each statement, without the semicolons; empty statements are left out. */
  public List<List<SqlToken>> statements() {
    List<List<SqlToken>> all = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= tokens.size(); i++) {
      if (i == tokens.size() || tokens.get(i).isSymbol(";")) {
        if (i > begin) {
          all.add(tokens.subList(begin, i));
        }
        begin = i + 1;
      }
    }
    return all;
  }

  /** What a statement's author wrote, without what only comments before and after it say. */
  public String text(List<SqlToken> statement) {
    return sql.substring(statement.get(0).start(), statement.get(statement.size() - 1).end());
  }

  /**
   * Where values go, in some of the text's tokens that follow each other. In PostgreSQL a question
   * mark between two values is an operator.
   */
  public List<SqlToken> placeholders(List<SqlToken> some) {
    boolean numbered =
        type == DatabaseType.POSTGRES && tokens.stream().anyMatch(SqlText::isNumbered);
    List<SqlToken> found = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      SqlToken token = some.get(i);
      boolean placeholder = token.kind() == SqlToken.Kind.PLACEHOLDER;
      boolean operator =
          placeholder
              && type == DatabaseType.POSTGRES
              && token.text().equals("?")
              && (numbered || (i > 0 && endsValue(some.get(i - 1), found)));
      if (placeholder && !operator) {
        found.add(token);
      }
    }
    return found;
  }

  private static boolean isNumbered(SqlToken token) {
    return token.kind() == SqlToken.Kind.PLACEHOLDER && token.text().startsWith("$");
  }

  /** After a value only an operator can come. */
  private static boolean endsValue(SqlToken token, List<SqlToken> placeholders) {
    return switch (token.kind()) {
      case STRING, NUMBER, QUOTED_IDENTIFIER -> true;
      case PLACEHOLDER ->
          !placeholders.isEmpty() && placeholders.get(placeholders.size() - 1).equals(token);
      case SYMBOL -> token.isSymbol(")") || token.isSymbol("]");
      case WORD -> !BEFORE_VALUES.contains(token.lower());
    };
  }

  /** PostgreSQL's words that a value can follow; none of them is a value. */
  private static final Set<String> BEFORE_VALUES =
      Set.of(
          ("select distinct all where and or not on having by when then else case in like ilike between"
                  + " is from limit offset escape to using values returning set any some first next rows range"
                  + " groups similar symmetric variadic zone as return default placing for interval")
              .split(" "));
}
