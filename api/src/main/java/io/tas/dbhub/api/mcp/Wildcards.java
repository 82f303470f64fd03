package io.tas.dbhub.api.mcp;

import java.util.Locale;

/** A pattern as of LIKE: % is any number of characters, _ is one. Upper and lower case are one. */
final class Wildcards {
  private final int[] pattern;

  Wildcards(String pattern) {
    this.pattern = codePoints(pattern);
  }

  /** In time of the text's length times the pattern's at most. */
  boolean match(String text) {
    int[] given = codePoints(text);
    int at = 0;
    int next = 0;
    int afterMany = -1;
    int retry = 0;
    while (at < given.length) {
      if (next < pattern.length && pattern[next] == '%') {
        afterMany = ++next;
        retry = at;
      } else if (next < pattern.length && (pattern[next] == '_' || pattern[next] == given[at])) {
        next++;
        at++;
      } else if (afterMany >= 0) {
        next = afterMany;
        at = ++retry;
      } else {
        return false;
      }
    }
    while (next < pattern.length && pattern[next] == '%') {
      next++;
    }
    return next == pattern.length;
  }

  private static int[] codePoints(String text) {
    return text.toLowerCase(Locale.ROOT).codePoints().toArray();
  }
}
