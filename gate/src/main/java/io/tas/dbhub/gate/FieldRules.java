package io.tas.dbhub.gate;

import java.util.List;

/**
 * What stands before {@code .name} in PostgreSQL, where {@code (1).f} calls {@code f(1)}: a field
 * can only be of a row, so it must be something that can be one.
 */
final class FieldRules {
  /** Further than anybody's brackets reach. */
  private static final int FAR = 1_000;

  private FieldRules() {}

  /**
   * @param dot where the dot is
   */
  static boolean isOfNoRow(List<SqlToken> tokens, int dot, Vocabulary words) {
    int end = dot - 1;
    while (end >= 0 && tokens.get(end).isSymbol("]")) {
      end = opener(tokens, end, "[", "]") - 1;
      if (end < -1 || (end >= 0 && tokens.get(end).isWord("array"))) {
        return true;
      }
    }
    if (end < 0 || !tokens.get(end).isSymbol(")")) {
      return end >= 0 && !tokens.get(end).isName();
    }
    int open = opener(tokens, end, "(", ")");
    return open < 0 || !canBeRow(tokens.subList(open + 1, end), words);
  }

  /** A column, a row, a call that gives one, or a cast to a type of the user's own. */
  private static boolean canBeRow(List<SqlToken> inner, Vocabulary words) {
    boolean column = inner.stream().allMatch(t -> t.isName() || t.isSymbol("."));
    if (column) {
      return !inner.isEmpty();
    }
    int size = inner.size();
    if (inner.get(0).isName() && size > 2 && inner.get(1).isSymbol("(")) {
      return words.givesRows(inner.get(0).lower());
    }
    boolean cast =
        size > 3 && inner.get(size - 2).isSymbol(":") && inner.get(size - 3).isSymbol(":");
    return cast && inner.get(size - 1).isName() && !words.isType(inner.get(size - 1).lower());
  }

  /** Where the bracket that ends at {@code end} begins; far below 0 when it does not. */
  private static int opener(List<SqlToken> tokens, int end, String open, String close) {
    int depth = 0;
    for (int i = end; i >= Math.max(0, end - FAR); i--) {
      depth += tokens.get(i).isSymbol(close) ? 1 : tokens.get(i).isSymbol(open) ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return Integer.MIN_VALUE / 2;
  }
}
