package io.tas.dbhub.core.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a run came to with one database. */
public enum ItemOutcome {
  DONE,
  /** Its schema, or the rows it answers, are others than before. */
  CHANGED,
  FAILED,
  /** There was nothing to do, or it was not allowed. */
  SKIPPED,
  /** A change waits for a person. */
  ATTENTION,
  /** It was begun, or joined, and takes longer than a run waits. */
  UNDERWAY;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such outcome
   */
  @JsonCreator
  public static ItemOutcome parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
