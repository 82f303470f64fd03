package io.tas.dbhub.cli.terminal;

/**
 * Makes texts of others harmless on a terminal: an escape sequence in a name or a cell could move
 * the cursor, change the window's title or show other text than there is.
 */
public final class SafeText {
  private SafeText() {}

  /** In one line: every control character is written as its escape. */
  public static String line(String text) {
    return escaped(text, false);
  }

  /** As {@link #line}, but lines and tabs stay. */
  public static String lines(String text) {
    return escaped(text, true);
  }

  /** JSON keeps its meaning: what JSON lets stand unescaped although terminals obey it. */
  public static String json(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (harmful(c) && c != '\n' && c != '\r' && c != '\t') {
        safe.append("\\u%04x".formatted((int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  private static String escaped(String text, boolean keepLines) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!harmful(c) || (keepLines && (c == '\n' || c == '\t'))) {
        safe.append(c);
      } else {
        safe.append(
            switch (c) {
              case '\n' -> "\\n";
              case '\r' -> "\\r";
              case '\t' -> "\\t";
              default -> c < 0x100 ? "\\x%02x".formatted((int) c) : "\\u%04x".formatted((int) c);
            });
      }
    }
    return safe.toString();
  }

  /** Control characters, line separators, and those that turn the direction of writing. */
  private static boolean harmful(char c) {
    return Character.isISOControl(c)
        || c == 0x061c
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
