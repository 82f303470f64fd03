package io.tas.dbhub.gate;

/**
 * A piece of a statement as its own dialect reads it.
 *
 * @param text as written, except that a quoted identifier has lost its quotes
 * @param start offset of the first character in the text
 * @param end offset after the last character
 */
public record SqlToken(Kind kind, String text, int start, int end) {
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
    return kind == Kind.WORD && text.length() == lowerCase.length() && lower().equals(lowerCase);
  }

  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  public boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
  }

  /** Only A to Z: a server takes no other letters for those of its own words. */
  public String lower() {
    int i = 0;
    while (i < text.length() && (text.charAt(i) < 'A' || text.charAt(i) > 'Z')) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    char[] lower = text.toCharArray();
    for (; i < lower.length; i++) {
      if (lower[i] >= 'A' && lower[i] <= 'Z') {
        lower[i] = (char) (lower[i] + 'a' - 'A');
      }
    }
    return new String(lower);
  }
}
