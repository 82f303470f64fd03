package io.tas.dbhub.api.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One statement of a text, as it can be sent alone.
 *
 * @param text without the semicolon, and without what only comments before and after it say
 * @param start offset of its first character in the whole text
 * @param end offset after its last character in the whole text
 * @param placeholders in the order of the statement
 */
public record SqlStatement(
    String text, int start, int end, List<SqlToken> tokens, List<Placeholder> placeholders) {

  /**
   * A place for a value.
   *
   * @param start offset in the statement's text
   * @param end offset after it in the statement's text
   * @param parameter which of the whole text's parameters, from 0; numbered placeholders can name
   *     one several times
   */
  public record Placeholder(int start, int end, int parameter) {}

  public SqlStatement {
    tokens = List.copyOf(tokens);
    placeholders = List.copyOf(placeholders);
  }

  /** The first word, in lower case: what kind of statement it is. Empty where there is none. */
  public String command() {
    for (SqlToken token : tokens) {
      if (!token.isSymbol("(")) {
        return token.kind() == SqlToken.Kind.WORD ? token.text().toLowerCase(Locale.ROOT) : "";
      }
    }
    return "";
  }

  /**
   * The statement as a JDBC driver takes it with parameters: {@code ?} for each placeholder, and
   * {@code ??} for PostgreSQL's operator {@code ?}.
   */
  public String jdbc() {
    StringBuilder jdbc = new StringBuilder();
    int copied = start;
    int next = 0;
    for (SqlToken token : tokens) {
      boolean placeholder =
          next < placeholders.size() && placeholders.get(next).start() == token.start() - start;
      boolean operator =
          !placeholder
              && token.text().startsWith("?")
              && (token.kind() == SqlToken.Kind.SYMBOL
                  || token.kind() == SqlToken.Kind.PLACEHOLDER);
      if (placeholder || operator) {
        jdbc.append(text, copied - start, token.start() - start);
        jdbc.append(placeholder ? "?" : token.text().replace("?", "??"));
        copied = token.end();
        next += placeholder ? 1 : 0;
      }
    }
    return jdbc.append(text, copied - start, text.length()).toString();
  }

  /**
   * @param asked how many question marks the statements before have
   */
  static SqlStatement of(SqlText whole, List<SqlToken> tokens, int asked) {
    int start = tokens.get(0).start();
    int end = tokens.get(tokens.size() - 1).end();
    List<Placeholder> placeholders = new ArrayList<>();
    int position = asked;
    for (SqlToken token : whole.placeholders(tokens)) {
      String number = token.text().substring(1);
      // A number too long to be one names no parameter that there is.
      int parameter =
          number.isEmpty()
              ? position++
              : number.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(number) - 1;
      placeholders.add(new Placeholder(token.start() - start, token.end() - start, parameter));
    }
    return new SqlStatement(whole.sql().substring(start, end), start, end, tokens, placeholders);
  }
}
