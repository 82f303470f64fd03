package io.tas.dbhub.api.batches.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.core.model.Violation;
import java.util.List;

/**
 * One row as the file says it. It holds credentials in clear, so it is never logged or stored.
 *
 * @param line where it begins, from 1
 * @param fields by the names that REST has for them; none where the row cannot be read
 * @param violations why it cannot be read; none where it can
 */
public record FileRow(long line, ObjectNode fields, List<Violation> violations) {
  public FileRow {
    violations = List.copyOf(violations);
  }

  static FileRow of(long line, ObjectNode fields) {
    return new FileRow(line, fields, List.of());
  }

  static FileRow unreadable(long line, String field, String message) {
    return new FileRow(
        line, JsonNodeFactory.instance.objectNode(), List.of(new Violation(field, message)));
  }

  @Override
  public String toString() {
    return "FileRow[" + line + "]";
  }
}
