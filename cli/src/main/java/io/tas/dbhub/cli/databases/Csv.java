package io.tas.dbhub.cli.databases;

import java.util.List;
import java.util.stream.Collectors;

/** Records of RFC 4180, with the line ends of Unix. Null is nothing, an empty text is quoted. */
final class Csv {
  private Csv() {}

  /**
   * @param cells null where there is no value
   */
  static String line(List<Cell> cells) {
    return cells.stream().map(Csv::field).collect(Collectors.joining(","));
  }

  private static String field(Cell cell) {
    if (cell.isNull()) {
      return "";
    }
    String text = cell.text();
    boolean plain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
            && text.strip().equals(text);
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
