package io.tas.dbhub.api.gate;

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
public record SqlToken(Kind kind, String text, String neutral, int start, int end) {
  public enum Kind {
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

  public boolean isWord(String lowerCase) {
    return kind == Kind.WORD && lower().equals(lowerCase);
  }

  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  public boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
  }

  public String lower() {
    return text.toLowerCase(Locale.ROOT);
  }
}
