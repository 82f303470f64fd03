package io.tas.dbhub.activities.jdbc.dialect;

/** Texts that others chose, made fit to be shown. */
public final class Printable {
  private Printable() {}

  /**
   * Without control characters, invisible ones and line breaks, and cut.
   *
   * @param most code points
   */
  public static String of(String text, int most) {
    boolean cut = text.codePointCount(0, text.length()) > most;
    String kept = cut ? text.substring(0, text.offsetByCodePoints(0, most)) + "…" : text;
    return kept.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }
}
