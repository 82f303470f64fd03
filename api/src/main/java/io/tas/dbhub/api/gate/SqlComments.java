package io.tas.dbhub.api.gate;

/** Finds comments, and refuses those that are not comments everywhere. */
final class SqlComments {
  private SqlComments() {}

  static boolean starts(String sql, int at, boolean mysql) {
    return sql.startsWith("--", at) || sql.startsWith("/*", at) || (mysql && sql.charAt(at) == '#');
  }

  /** The offset after the comment that starts at {@code at}. */
  static int end(String sql, int at, boolean mysql) throws UnclearSqlException {
    return sql.startsWith("/*", at) ? endOfBlock(sql, at) : endOfLine(sql, at, mysql);
  }

  private static int endOfBlock(String sql, int at) throws UnclearSqlException {
    if (sql.startsWith("/*!", at) || sql.regionMatches(true, at, "/*M!", 0, 4)) {
      throw new UnclearSqlException(
          "an executable comment is code to some servers", "Remove the comment.");
    }
    int end = sql.indexOf("*/", at + 2);
    if (end < 0) {
      throw new UnclearSqlException("a comment is not closed", "Close it.");
    }
    if (sql.substring(at + 2, end + 1).contains("/*")) {
      throw new UnclearSqlException(
          "a comment in a comment ends differently on different servers", "Remove the comment.");
    }
    return end + 2;
  }

  private static int endOfLine(String sql, int at, boolean mysql) throws UnclearSqlException {
    boolean dashes = sql.charAt(at) == '-';
    if (mysql && dashes && at + 2 < sql.length() && sql.charAt(at + 2) > ' ') {
      throw new UnclearSqlException(
          "'--' without a space after it is no comment to MySQL", "Put a space after '--'.");
    }
    int end = sql.indexOf('\n', at);
    end = end < 0 ? sql.length() : end;
    int carriageReturn = sql.indexOf('\r', at);
    if (carriageReturn >= 0 && carriageReturn < end - 1) {
      throw new UnclearSqlException(
          "a carriage return ends a comment on some servers only", "Use line feeds.");
    }
    return end;
  }
}
