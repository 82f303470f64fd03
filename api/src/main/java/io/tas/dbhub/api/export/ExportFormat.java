package io.tas.dbhub.api.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file can be. */
enum ExportFormat {
  /** RFC 4180. */
  CSV("text/csv; charset=utf-8; header=present") {
    @Override
    ExportFile to(OutputStream out) throws IOException {
      return new CsvFile(out);
    }
  },
  /** One array of objects. */
  JSON("application/json") {
    @Override
    ExportFile to(OutputStream out) throws IOException {
      return new JsonFile(out, true);
    }
  },
  /** An object in each line. */
  NDJSON("application/x-ndjson; charset=utf-8") {
    @Override
    ExportFile to(OutputStream out) throws IOException {
      return new JsonFile(out, false);
    }
  },
  /** A workbook with one sheet. */
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
    @Override
    ExportFile to(OutputStream out) {
      return new WorkbookFile(out);
    }
  };

  private final String mediaType;

  ExportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** A file that is written to the stream, which stays open. */
  abstract ExportFile to(OutputStream out) throws IOException;

  String mediaType() {
    return mediaType;
  }

  /** Also the ending of the file's name. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ExportFormat> of(String wireName) {
    return Arrays.stream(values()).filter(format -> format.wireName().equals(wireName)).findFirst();
  }
}
