package io.tas.dbhub.activities.jdbc.schema;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What reading a schema may take.
 *
 * @param within the longest it lasts, from looking the host up to the last row
 * @param maxTables tables and views; a target with more is refused
 * @param maxColumns columns of all tables; a target with more is refused
 * @param spoolDirectory where a large schema is kept until it is taken; its files have no names
 * @param maxBytes that one schema takes there; a target with more is refused
 */
public record SchemaReaderSettings(
    Duration within, int maxTables, int maxColumns, Path spoolDirectory, long maxBytes) {
  private static final long GIBIBYTE = 1L << 30;

  public SchemaReaderSettings {
    if (within.isZero() || within.isNegative() || maxTables < 1 || maxColumns < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("reading a schema needs time and room");
    }
  }

  /** With a gibibyte of disk. */
  public SchemaReaderSettings(Duration within, int maxTables, int maxColumns, Path spoolDirectory) {
    this(within, maxTables, maxColumns, spoolDirectory, GIBIBYTE);
  }

  public static SchemaReaderSettings defaults() {
    return new SchemaReaderSettings(
        Duration.ofMinutes(5), 100_000, 2_000_000, Path.of(System.getProperty("java.io.tmpdir")));
  }
}
