package io.tas.dbhub.gate;

/** Finds where quoted texts end. */
final class SqlQuotes {
  private SqlQuotes() {}

  /** The offset after the closing quote, or -1 when there is none. */
  static int end(String sql, int open, char close, boolean backslashes) {
    int i = open + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\\' && backslashes) {
        i += 2;
      } else if (c != close) {
        i++;
      } else if (i + 1 < sql.length() && sql.charAt(i + 1) == close) {
        i += 2;
      } else {
        return i + 1;
      }
    }
    return -1;
  }

  /**
   * A name with PostgreSQL's Unicode escapes, {@code \0061} or {@code \+000061}.
   *
   * @throws IllegalArgumentException when an escape is none
   */
  static String unescaped(String name) {
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < name.length()) {
      char c = name.charAt(i);
      if (c != '\\') {
        plain.append(c);
        i++;
      } else if (name.startsWith("\\\\", i)) {
        plain.append(c);
        i += 2;
      } else {
        int from = name.startsWith("\\+", i) ? i + 2 : i + 1;
        int to = from + (name.startsWith("\\+", i) ? 6 : 4);
        if (to > name.length()) {
          throw new IllegalArgumentException("an escape is too short");
        }
        plain.appendCodePoint(Integer.parseInt(name.substring(from, to), 16));
        i = to;
      }
    }
    return plain.toString();
  }
}
