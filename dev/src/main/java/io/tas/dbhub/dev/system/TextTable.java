package io.tas.dbhub.dev.system;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, aligned for a terminal. */
public final class TextTable {
  private static final int WIDEST = 60;

  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(List<String> headings) {
    rows.add(List.copyOf(headings));
  }

  public void add(List<String> row) {
    rows.add(row.stream().map(TextTable::shortened).toList());
  }

  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    rows.forEach(
        row -> {
          for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    StringBuilder text = new StringBuilder();
    rows.forEach(
        row -> {
          StringBuilder line = new StringBuilder("  ");
          for (int i = 0; i < columns; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
          }
          text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        });
    return text.toString();
  }

  private static String shortened(String value) {
    String line = value.replace('\n', ' ');
    return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
  }
}
