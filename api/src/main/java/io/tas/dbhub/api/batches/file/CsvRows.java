package io.tas.dbhub.api.batches.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** RFC 4180: a header, then a row for each database. A quoted cell may have line breaks. */
final class CsvRows implements RowReader {
  private static final CSVFormat FORMAT = CSVFormat.RFC4180;

  private final DecodedText text;
  private final Columns columns;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private @Nullable CsvHeader header;

  CsvRows(DecodedText text, Columns columns) throws IOException {
    this.text = text;
    this.columns = columns;
    this.parser = CSVParser.builder().setReader(text).setFormat(FORMAT).get();
    this.records = parser.iterator();
  }

  @Override
  public Optional<FileRow> next() throws IOException {
    while (true) {
      long line = parser.getCurrentLineNumber() + 1;
      text.rowBegins(line);
      Optional<List<String>> cells = record(line);
      if (cells.isEmpty()) {
        return Optional.empty();
      }
      if (empty(cells.get())) {
        continue;
      }
      if (header == null) {
        header = new CsvHeader(line, columns, cells.get());
      } else {
        return Optional.of(header.row(line, cells.get()));
      }
    }
  }

  private Optional<List<String>> record(long line) throws IOException {
    try {
      if (!records.hasNext()) {
        return Optional.empty();
      }
      List<String> cells = records.next().toList();
      if (cells.stream().mapToLong(String::length).sum() > DecodedText.LONGEST_ROW) {
        throw DecodedText.tooLong(line);
      }
      return Optional.of(cells);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException) {
        // Its text quotes what it has read.
        throw new UnreadableFileException(
            line, "begins a row in which a quoted cell is not closed, or goes on after its quote");
      }
      throw e.getCause();
    }
  }

  private static boolean empty(List<String> cells) {
    return cells.size() == 1 && cells.get(0).isBlank();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
