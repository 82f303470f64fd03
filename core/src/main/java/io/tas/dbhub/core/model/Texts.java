package io.tas.dbhub.core.model;

import java.text.Normalizer;

/** What a text may consist of. */
public final class Texts {
  private Texts() {}

  /**
   * Whether every character can be seen for what it is: no control characters, no bidirectional or
   * zero-width ones, nothing unassigned, no half of a surrogate pair.
   */
  public static boolean printable(String text) {
    return text.codePoints().allMatch(Texts::printable);
  }

  /** As {@link #printable}, but lines and tabs are allowed. */
  public static boolean printableLines(String text) {
    return text.codePoints().allMatch(c -> c == '\n' || c == '\r' || c == '\t' || printable(c));
  }

  static boolean hasControls(String text) {
    return text.codePoints().anyMatch(Character::isISOControl);
  }

  /** In code points: what a reader counts, not what UTF-16 needs. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The one form of texts that look the same, so that a name cannot be taken twice. */
  public static String canonical(String text) {
    return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
  }

  /** For quoting in a message: short, and nothing in it that a terminal or a page would act on. */
  static String quoted(String text) {
    StringBuilder shown = new StringBuilder("'");
    text.codePoints().limit(80).forEach(c -> shown.appendCodePoint(printable(c) ? c : '?'));
    return shown.append("'").toString();
  }

  private static boolean printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
