package io.tas.dbhub.api.batches.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a file lists databases. */
public enum FileFormat {
  CSV("text/csv"),
  JSON("application/json"),
  NDJSON("application/x-ndjson"),
  /** The configuration of a DBHub server. */
  TOML("application/toml"),
  /** Connection strings, one in a line. */
  DSN("text/plain");

  private final String mediaType;

  FileFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<FileFormat> of(String wireName) {
    return Arrays.stream(values()).filter(format -> format.wireName().equals(wireName)).findFirst();
  }

  /**
   * @param contentType with its parameters or without
   */
  public static Optional<FileFormat> ofMediaType(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> format.mediaType.equals(type)).findFirst();
  }

  /**
   * @param file closed with the rows
   * @param columns of formats that have any
   */
  public RowReader open(InputStream file, Columns columns) throws IOException {
    DecodedText text = new DecodedText(file);
    return switch (this) {
      case CSV -> new CsvRows(text, columns);
      case JSON -> new JsonRows(text);
      case NDJSON -> new NdjsonRows(text);
      case TOML -> new TomlRows(text);
      case DSN -> new ConnectionStringRows(text);
    };
  }
}
