package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;

/** Finds comments as the dialect ends them, and refuses those that servers run or end otherwise. */
final class SqlComments {
  private SqlComments() {}

  static boolean starts(String sql, int at, DatabaseType type) {
    char c = sql.charAt(at);
    return (c == '-' && sql.startsWith("--", at))
        || (c == '/' && sql.startsWith("/*", at))
        || (c == '#' && mysql(type));
  }

  /** The offset after the comment that starts at {@code at}. */
  static int end(String sql, int at, DatabaseType type) throws UnclearSqlException {
    return sql.startsWith("/*", at) ? endOfBlock(sql, at, type) : endOfLine(sql, at, type);
  }

  private static boolean mysql(DatabaseType type) {
    return type == DatabaseType.MYSQL || type == DatabaseType.MARIADB;
  }

  private static int endOfBlock(String sql, int at, DatabaseType type) throws UnclearSqlException {
    if (mysql(type) && (sql.startsWith("/*!", at) || sql.regionMatches(true, at, "/*M!", 0, 4))) {
      throw UnclearSqlException.at(
          sql, at, "an executable comment is code to some servers", "Remove the comment.");
    }
    boolean nested = type == DatabaseType.POSTGRES || type == DatabaseType.SQLSERVER;
    int depth = 1;
    int i = at + 2;
    while (depth > 0) {
      int close = sql.indexOf("*/", i);
      if (close < 0) {
        throw UnclearSqlException.error(sql, at, "a comment is not closed", "Close it.");
      }
      int open = nested ? sql.indexOf("/*", i) : -1;
      boolean opens = open >= 0 && open < close;
      depth += opens ? 1 : -1;
      i = (opens ? open : close) + 2;
    }
    return i;
  }

  private static int endOfLine(String sql, int at, DatabaseType type) throws UnclearSqlException {
    boolean dashes = sql.charAt(at) == '-';
    if (mysql(type)
        && dashes
        && at + 2 < sql.length()
        && " \t\r\n".indexOf(sql.charAt(at + 2)) < 0) {
      throw UnclearSqlException.at(
          sql,
          at,
          "'--' without a space after it is no comment to MySQL",
          "Put a space after '--'.");
    }
    int i = at;
    while (i < sql.length() && sql.charAt(i) != '\n') {
      char c = sql.charAt(i);
      boolean last = c == '\r' && (i + 1 == sql.length() || sql.charAt(i + 1) == '\n');
      if ("\r\u000b\f\u0085\u2028\u2029".indexOf(c) >= 0 && !last) {
        throw UnclearSqlException.at(
            sql,
            i,
            "a line break other than a line feed ends a comment on some servers only",
            "Use line feeds.");
      }
      i++;
    }
    return i;
  }
}
