package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.api.export.Formulas;
import io.tas.dbhub.core.model.Violation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** What became of each row, as a file. */
enum RowFile {
  CSV("csv", "text/csv") {
    @Override
    void write(Pages pages, ObjectMapper json, OutputStream out) throws IOException {
      CSVPrinter csv =
          new CSVPrinter(
              new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
              CSVFormat.RFC4180);
      csv.printRecord(
          "number",
          "line",
          "name",
          "database_id",
          "state",
          "code",
          "message",
          "errors",
          "operation");
      for (List<BatchRowView> page = pages.next(); !page.isEmpty(); page = pages.next()) {
        for (BatchRowView row : page) {
          csv.printRecord(
              row.number(),
              row.line(),
              Formulas.disarmed(row.name()),
              row.databaseId(),
              row.state().wireName(),
              row.code(),
              Formulas.disarmed(row.message()),
              Formulas.disarmed(errors(row)),
              row.operation());
        }
      }
      csv.flush();
    }
  },
  NDJSON("ndjson", "application/x-ndjson") {
    @Override
    void write(Pages pages, ObjectMapper json, OutputStream out) throws IOException {
      for (List<BatchRowView> page = pages.next(); !page.isEmpty(); page = pages.next()) {
        for (BatchRowView row : page) {
          out.write(json.writeValueAsBytes(row));
          out.write('\n');
        }
      }
    }
  };

  private final String wireName;
  private final String mediaType;

  RowFile(String wireName, String mediaType) {
    this.wireName = wireName;
    this.mediaType = mediaType;
  }

  /** The rows, in their order; none after the last page. */
  interface Pages {
    List<BatchRowView> next() throws IOException;
  }

  /**
   * What is held does not grow with the rows.
   *
   * @param json as REST writes it
   * @param out stays open
   */
  abstract void write(Pages pages, ObjectMapper json, OutputStream out) throws IOException;

  String wireName() {
    return wireName;
  }

  String mediaType() {
    return mediaType;
  }

  static Optional<RowFile> of(String wireName) {
    return Arrays.stream(values()).filter(file -> file.wireName.equals(wireName)).findFirst();
  }

  static Optional<RowFile> ofMediaType(String mediaType) {
    return Arrays.stream(values()).filter(file -> file.mediaType.equals(mediaType)).findFirst();
  }

  private static String errors(BatchRowView row) {
    return row.errors().stream()
        .map((Violation broken) -> broken.field() + ": " + broken.message())
        .collect(Collectors.joining("; "));
  }
}
