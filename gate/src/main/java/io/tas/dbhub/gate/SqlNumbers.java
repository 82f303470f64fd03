package io.tas.dbhub.gate;

/** Finds where numbers end. */
final class SqlNumbers {
  private static final int[][] BASES = {{'x', 16}, {'b', 2}, {'o', 8}};

  private SqlNumbers() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * The offset after the number that starts at {@code at} with a digit or a point.
   *
   * @param underscores whether digits may be grouped with them
   */
  static int end(String sql, int at, boolean underscores) {
    for (int[] base : BASES) {
      if (sql.charAt(at) == '0' && at + 1 < sql.length() && (sql.charAt(at + 1) | ' ') == base[0]) {
        return digits(sql, at + 2, underscores, base[1]);
      }
    }
    int end = digits(sql, at, underscores, 10);
    if (end < sql.length() && sql.charAt(end) == '.') {
      end = digits(sql, end + 1, underscores, 10);
    }
    if (end < sql.length() && "eE".indexOf(sql.charAt(end)) >= 0) {
      int exponent = end + 1;
      if (exponent < sql.length() && "+-".indexOf(sql.charAt(exponent)) >= 0) {
        exponent++;
      }
      int last = digits(sql, exponent, underscores, 10);
      end = last > exponent ? last : end;
    }
    return end;
  }

  private static int digits(String sql, int from, boolean underscores, int base) {
    int end = from;
    while (end < sql.length()
        && (isDigit(sql.charAt(end), base)
            || (underscores
                && sql.charAt(end) == '_'
                && end + 1 < sql.length()
                && isDigit(sql.charAt(end + 1), base)))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c, int base) {
    return c < 128 && Character.digit(c, base) >= 0;
  }
}
