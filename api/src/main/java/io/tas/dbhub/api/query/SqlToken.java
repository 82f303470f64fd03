package io.tas.dbhub.api.query;

import java.util.Locale;

/**
 * A piece of a statement as its own dialect reads it.
 *
 * @param text as written, except that a quoted identifier has lost its quotes
 * @param neutral the same for a parser of any dialect: every literal {@code 's'}, every name that
 *     needs quotes in plain ones
 * @param start offset of the first character in the statement
 * @param end offset after the last character
 */
record SqlToken(Kind kind, String text, String neutral, int start, int end) {
  enum Kind {
    /** A keyword or an identifier without quotes. */
    WORD,
    QUOTED_IDENTIFIER,
    /** A literal in quotes of any sort, with its prefix. */
    STRING,
    NUMBER,
    /** {@code ?}, or {@code $1} in PostgreSQL. */
    PLACEHOLDER,
    /** Operators and punctuation, one character each. */
    SYMBOL
  }

  boolean isWord(String lowerCase) {
    return kind == Kind.WORD && lower().equals(lowerCase);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
  }

  String lower() {
    return text.toLowerCase(Locale.ROOT);
  }
}
