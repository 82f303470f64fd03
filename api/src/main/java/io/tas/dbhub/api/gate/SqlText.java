package io.tas.dbhub.api.gate;

import java.util.ArrayList;
import java.util.List;

/** A text taken apart. */
public record SqlText(List<SqlToken> tokens) {

  /** The tokens of each statement, without the semicolons; empty statements are left out. */
  public List<List<SqlToken>> statements() {
    List<List<SqlToken>> all = new ArrayList<>();
    List<SqlToken> current = new ArrayList<>();
    for (SqlToken token : tokens) {
      if (!token.isSymbol(";")) {
        current.add(token);
      } else if (!current.isEmpty()) {
        all.add(List.copyOf(current));
        current.clear();
      }
    }
    if (!current.isEmpty()) {
      all.add(List.copyOf(current));
    }
    return all;
  }

  /** Where numbered placeholders are used, a question mark is an operator. */
  public List<SqlToken> placeholders() {
    return placeholders(tokens);
  }

  private boolean numbered() {
    return tokens.stream().anyMatch(t -> isPlaceholder(t) && !t.text().equals("?"));
  }

  /** Those among some of the text's tokens. */
  public List<SqlToken> placeholders(List<SqlToken> some) {
    boolean numbered = numbered();
    return some.stream()
        .filter(t -> isPlaceholder(t) && !(numbered && t.text().equals("?")))
        .toList();
  }

  private static boolean isPlaceholder(SqlToken token) {
    return token.kind() == SqlToken.Kind.PLACEHOLDER;
  }

  /** What a parser is given: no comments, and nothing that dialects read differently. */
  public static String neutral(List<SqlToken> tokens) {
    StringBuilder text = new StringBuilder();
    int end = -1;
    for (SqlToken token : tokens) {
      if (end >= 0 && end < token.start()) {
        text.append(' ');
      }
      text.append(token.neutral());
      end = token.end();
    }
    return text.toString();
  }
}
