package io.tas.dbhub.api.batches.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** An object in each line. A line that is none is one bad row, and the next is read. */
final class NdjsonRows implements RowReader {
  private static final String MESSAGE =
      "is one JSON object with the fields of a database, each once";

  private final Lines lines;

  NdjsonRows(DecodedText text) {
    this.lines = new Lines(text);
  }

  @Override
  public Optional<FileRow> next() throws IOException {
    Optional<String> line = lines.next();
    return line.isEmpty() ? Optional.empty() : Optional.of(row(line.get()));
  }

  private FileRow row(String line) throws IOException {
    try {
      if (StrictJson.document(line) instanceof ObjectNode fields) {
        return FileRow.of(lines.number(), fields);
      }
    } catch (JsonProcessingException quotesIt) {
      // Told below, without its text.
    }
    return FileRow.unreadable(lines.number(), "row", MESSAGE);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
