package io.tas.dbhub.activities.jdbc.schema;

import org.jspecify.annotations.Nullable;

/** Texts of a target's, made small enough to be kept. */
final class Texts {
  /** Longer than any engine allows. */
  static final int NAME = 1_024;

  static final int COMMENT = 4_000;

  /** Of types, defaults and expressions. */
  static final int EXPRESSION = 2_000;

  private Texts() {}

  /**
   * Never cut: two names would become one.
   *
   * @throws TooLargeException when no engine allows so long a name
   */
  static String name(@Nullable String text) throws TooLargeException {
    if (text == null) {
      return "";
    }
    if (text.length() > NAME) {
      throw TooLargeException.name(NAME);
    }
    return storable(text);
  }

  /** Null of nothing, and of an empty one: some engines have no other word for none. */
  static @Nullable String comment(@Nullable String text) {
    return text == null || text.isEmpty() ? null : cut(text, COMMENT);
  }

  static @Nullable String expression(@Nullable String text) {
    return text == null ? null : cut(text, EXPRESSION);
  }

  /**
   * @param most characters, one more being an ellipsis
   */
  private static String cut(String text, int most) {
    if (text.length() <= most || text.codePointCount(0, text.length()) <= most) {
      return storable(text);
    }
    return storable(text.substring(0, text.offsetByCodePoints(0, most))) + "…";
  }

  /** Most stores end a text at a NUL, or refuse it. */
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
