package io.tas.dbhub.api.gate;

/** Finds where numbers end. */
final class SqlNumbers {
  private static final String HEX = "0123456789abcdefABCDEF";

  private SqlNumbers() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The offset after the number that starts at {@code at} with a digit or a point. */
  static int end(String sql, int at) {
    if (sql.regionMatches(true, at, "0x", 0, 2)) {
      int end = at + 2;
      while (end < sql.length() && HEX.indexOf(sql.charAt(end)) >= 0) {
        end++;
      }
      return end;
    }
    int end = digits(sql, at);
    if (end < sql.length() && sql.charAt(end) == '.') {
      end = digits(sql, end + 1);
    }
    if (end < sql.length() && "eE".indexOf(sql.charAt(end)) >= 0) {
      int exponent = end + 1;
      if (exponent < sql.length() && "+-".indexOf(sql.charAt(exponent)) >= 0) {
        exponent++;
      }
      end = digits(sql, exponent) > exponent ? digits(sql, exponent) : end;
    }
    return end;
  }

  private static int digits(String sql, int from) {
    int end = from;
    while (end < sql.length() && isDigit(sql.charAt(end))) {
      end++;
    }
    return end;
  }
}
