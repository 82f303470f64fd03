package io.tas.dbhub.api.gate;

import java.util.Locale;
import java.util.Set;

/** Finds where quoted texts end, and refuses those that end differently in different modes. */
final class SqlQuotes {
  private static final Set<String> INTRODUCERS =
      Set.of("_utf8mb4", "_utf8mb3", "_utf8", "_latin1", "_ascii", "_binary");

  private SqlQuotes() {}

  /** The quote of the literal that a MySQL charset introducer stands before, or -1. */
  static int introduced(String sql, String word, int end) {
    if (!INTRODUCERS.contains(word.toLowerCase(Locale.ROOT))) {
      return -1;
    }
    int i = end;
    while (i < sql.length() && " \t\r\n".indexOf(sql.charAt(i)) >= 0) {
      i++;
    }
    if (i < sql.length() && "xXbB".indexOf(sql.charAt(i)) >= 0) {
      i++;
    }
    return i < sql.length() && sql.charAt(i) == '\'' ? i : -1;
  }

  /** The offset after the closing quote, or -1 when there is none. */
  static int end(String sql, int open, char close, boolean backslashes) throws UnclearSqlException {
    int i = open + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\\' && backslashes) {
        int run = i;
        while (run < sql.length() && sql.charAt(run) == '\\') {
          run++;
        }
        // Whether an odd backslash escapes the quote depends on the server's mode.
        if ((run - i) % 2 == 1 && run < sql.length() && sql.charAt(run) == close) {
          throw new UnclearSqlException(
              "a backslash before a quote is read differently in different server modes",
              "Write the quote twice, or pass the text as a parameter.");
        }
        i = run;
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
}
