package io.tas.dbhub.core.batch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a batch does to each of its databases. */
public enum BatchKind {
  /** Makes them, as a file describes them. */
  IMPORT,
  TEST,
  /** Gives them credentials from a file. */
  ROTATE,
  SYNC,
  UPDATE,
  DELETE;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such one
   */
  @JsonCreator
  public static BatchKind parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
