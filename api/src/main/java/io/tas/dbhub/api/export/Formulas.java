package io.tas.dbhub.api.export;

import java.util.regex.Pattern;

/** Keeps spreadsheets from taking a text for a formula. */
public final class Formulas {
  /** What spreadsheets begin formulas with, and what they skip before one. */
  private static final String STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private Formulas() {}

  /** With an apostrophe before what would be a formula. */
  public static String disarmed(String text) {
    boolean formula =
        !text.isEmpty() && STARTS.indexOf(text.charAt(0)) >= 0 && !NUMBER.matcher(text).matches();
    return formula ? "'" + text : text;
  }
}
