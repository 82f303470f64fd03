package io.tas.dbhub.api.batches.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.core.model.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The first row of a CSV file: what the cells of the others are. */
final class CsvHeader {
  private final Columns columns;
  private final List<String> names;

  /**
   * @throws UnreadableFileException where it names a column twice, or one that there is not
   */
  CsvHeader(long line, Columns columns, List<String> cells) {
    this.columns = columns;
    this.names = cells.stream().map(String::strip).toList();
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    // A file without a header begins with a row of data: nothing of it is repeated.
    boolean header = names.stream().filter(columns::has).count() * 2 > names.size();
    for (int i = 0; i < names.size(); i++) {
      String shown = header ? "'" + shortened(names.get(i)) + "'" : "number " + (i + 1);
      if (!columns.has(names.get(i))) {
        wrong.add("column " + shown + " is not known");
      } else if (!seen.add(names.get(i))) {
        wrong.add("column " + shown + " is there twice");
      }
    }
    if (!wrong.isEmpty()) {
      throw new UnreadableFileException(
          line,
          "names the columns, and %s. The columns are %s."
              .formatted(
                  String.join(", ", wrong.subList(0, Math.min(20, wrong.size()))),
                  columns.listed()));
    }
  }

  private static String shortened(String name) {
    String printable = name.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.substring(0, Math.min(60, printable.length()));
  }

  FileRow row(long line, List<String> cells) {
    if (cells.size() != names.size()) {
      return FileRow.unreadable(
          line,
          "columns",
          "are %d in this row, and %d in the header".formatted(cells.size(), names.size()));
    }
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    ObjectNode labels = JsonNodeFactory.instance.objectNode();
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String column = names.get(i);
      String cell = cells.get(i);
      if (cell.isEmpty()) {
        continue;
      }
      if (columns.labelled() && column.equals(Columns.LABELS)) {
        if (!addLabels(cell, labels)) {
          violations.add(new Violation(column, "are key=value, with ';' between them, each once"));
        }
      } else if (columns.labelled() && Columns.labelKey(column)) {
        if (labels.putIfAbsent(
                column.substring(Columns.LABEL.length()), columns.value(column, cell))
            != null) {
          violations.add(new Violation(column, "is among the labels already"));
        }
      } else {
        fields.set(column, columns.value(column, cell));
      }
    }
    if (!labels.isEmpty()) {
      fields.set(Columns.LABELS, labels);
    }
    return new FileRow(line, fields, violations);
  }

  private static boolean addLabels(String cell, ObjectNode labels) {
    for (String label : cell.split(";", -1)) {
      if (label.isBlank()) {
        continue;
      }
      int equals = label.indexOf('=');
      if (equals < 1) {
        return false;
      }
      String key = label.substring(0, equals).strip();
      if (labels.has(key)) {
        return false;
      }
      labels.put(key, label.substring(equals + 1).strip());
    }
    return true;
  }
}
