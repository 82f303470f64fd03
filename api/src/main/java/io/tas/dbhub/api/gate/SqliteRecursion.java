package io.tas.dbhub.api.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the queries that read themselves. SQLite does not need the word RECURSIVE for that, so a
 * common table is looked for among the tables of its own query.
 */
final class SqliteRecursion {
  private static final Set<String> AFTER_FROM =
      Set.of(
          "select",
          "where",
          "group",
          "having",
          "order",
          "limit",
          "window",
          "union",
          "intersect",
          "except",
          "values",
          "set",
          "returning");

  private SqliteRecursion() {}

  /** What the token names: SQLite takes a text for a name, too. */
  static String name(SqlToken token) {
    String text = token.text();
    return token.kind() == SqlToken.Kind.STRING && text.startsWith("'")
        ? text.substring(1, text.length() - 1).replace("''", "'").toLowerCase(Locale.ROOT)
        : token.lower();
  }

  /** Whether the statement says RECURSIVE, or has a common table that reads itself. */
  static boolean found(List<SqlToken> statement) {
    for (int i = 0; i < statement.size(); i++) {
      boolean with = statement.get(i).isWord("with") && i + 1 < statement.size();
      if (with && statement.get(i + 1).isWord("recursive")) {
        return true;
      }
      if (statement.get(i).isWord("as") && readsItself(statement, i)) {
        return true;
      }
    }
    return false;
  }

  /** {@code name [(columns)] AS [[NOT] MATERIALIZED] (query)}, with AS at {@code as}. */
  private static boolean readsItself(List<SqlToken> tokens, int as) {
    int name = as - 1;
    if (name > 0 && tokens.get(name).isSymbol(")")) {
      while (name >= 0 && !tokens.get(name).isSymbol("(")) {
        name--;
      }
      name--;
    }
    int open = as + 1;
    while (open < tokens.size()
        && (tokens.get(open).isWord("not") || tokens.get(open).isWord("materialized"))) {
      open++;
    }
    return name >= 0
        && open < tokens.size()
        && tokens.get(open).isSymbol("(")
        && reads(tokens.subList(open, tokens.size()), name(tokens.get(name)));
  }

  /** Whether the query in the parentheses at the beginning has the table in a FROM. */
  private static boolean reads(List<SqlToken> tokens, String table) {
    Deque<Boolean> outer = new ArrayDeque<>();
    boolean inFrom = false;
    boolean atTable = false;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol("(")) {
        outer.push(inFrom);
        inFrom = atTable;
      } else if (token.isSymbol(")")) {
        inFrom = outer.pop();
        atTable = false;
        if (outer.isEmpty()) {
          return false;
        }
      } else if (token.isWord("from") || token.isWord("join")) {
        inFrom = true;
        atTable = true;
      } else if (token.isSymbol(",")) {
        atTable = inFrom;
      } else if (token.kind() == SqlToken.Kind.WORD && AFTER_FROM.contains(token.lower())) {
        inFrom = false;
        atTable = false;
      } else {
        boolean qualifier = i + 1 < tokens.size() && tokens.get(i + 1).isSymbol(".");
        if (atTable && !qualifier && name(token).equals(table)) {
          return true;
        }
        atTable = false;
      }
    }
    return false;
  }
}
