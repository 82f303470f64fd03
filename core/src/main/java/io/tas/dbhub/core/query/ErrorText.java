package io.tas.dbhub.core.query;

import java.util.regex.Pattern;

/**
 * Makes what a database said fit for a user's eyes: the reason stays, what could be a credential,
 * an address or a page of text does not.
 */
public final class ErrorText {
  private static final int MAX_LENGTH = 500;
  private static final String HIDDEN = "[hidden]";
  private static final Pattern URL =
      Pattern.compile("\\b[a-z][a-z0-9+.-]*://\\S+", Pattern.CASE_INSENSITIVE);
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "\\b(password|passwd|pwd|secret|token|user id|uid|api[_-]?key)\\b\\s*[=:]\\s*"
              + "('[^']*'|\"[^\"]*\"|[^\\s;,&]+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern IDENTIFIED_BY =
      Pattern.compile(
          "\\b(identified\\s+by|password|encrypted\\s+password)\\s+('(?:[^']|'')*'|\"[^\"]*\")",
          Pattern.CASE_INSENSITIVE);

  /** An IPv4 address, with a port or without. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?<![0-9.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?::[0-9]{1,5})?(?![0-9.])");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s]+");

  private ErrorText() {}

  public static String scrub(String message) {
    String bounded =
        message.length() > 4 * MAX_LENGTH ? message.substring(0, 4 * MAX_LENGTH) : message;
    String text = URL.matcher(bounded).replaceAll(HIDDEN);
    text = ASSIGNMENT.matcher(text).replaceAll("$1=" + HIDDEN);
    text = IDENTIFIED_BY.matcher(text).replaceAll("$1 " + HIDDEN);
    text = ADDRESS.matcher(text).replaceAll(HIDDEN);
    text = CONTROL.matcher(text).replaceAll(" ").strip();
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
  }
}
