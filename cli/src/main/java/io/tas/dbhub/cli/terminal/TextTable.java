package io.tas.dbhub.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns. Texts are made harmless as they are added. Not thread-safe. */
public final class TextTable {
  private static final String GAP = "  ";

  private final int widest;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param widest characters of a cell that are shown; what is longer ends with an ellipsis
   */
  public TextTable(int widest, List<String> headings) {
    this.widest = widest;
    add(headings);
  }

  public void add(List<String> row) {
    rows.add(row.stream().map(SafeText::line).map(this::shortened).toList());
  }

  /** The table's lines. */
  public List<String> lines() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - width(row.get(i)))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private String shortened(String text) {
    return width(text) <= widest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, widest - 1)) + "…";
  }
}
