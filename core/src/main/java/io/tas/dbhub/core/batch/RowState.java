package io.tas.dbhub.core.batch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a row of a batch is. */
public enum RowState {
  /** It keeps the rules, and waits for its turn. */
  PENDING,
  /** It breaks rules, so nothing will be done. */
  INVALID,
  /** It was begun. */
  RUNNING,
  DONE,
  /** There was nothing to do: it is so already. */
  UNCHANGED,
  FAILED,
  /** Its operation waits for a person. */
  ATTENTION;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such one
   */
  @JsonCreator
  public static RowState parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
