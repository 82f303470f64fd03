package io.tas.dbhub.core.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A column's type as one says it of every engine; the engine's own name stands beside it. */
public enum ColumnType {
  BOOLEAN,
  INTEGER,
  /** Exact, with a fixed or any number of digits. */
  DECIMAL,
  FLOAT,
  TEXT,
  BINARY,
  DATE,
  /** A time of day. */
  TIME,
  /** A date with a time of day, of no particular time zone. */
  TIMESTAMP,
  /** A point in time, or a date with a time of day and its offset. */
  TIMESTAMP_TZ,
  INTERVAL,
  UUID,
  JSON,
  XML,
  ENUM,
  ARRAY,
  GEOMETRY,
  BIT,
  OTHER;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such type
   */
  @JsonCreator
  public static ColumnType parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
