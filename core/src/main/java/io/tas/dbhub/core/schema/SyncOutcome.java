package io.tas.dbhub.core.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a sync came to. */
public enum SyncOutcome {
  /** The catalogue had nothing of the target. */
  FIRST,
  UNCHANGED,
  /** The catalogue follows the target: there is a new version. */
  CHANGED,
  /** The target differs; the catalogue stays as it is, by its policy. */
  IGNORED,
  /** The target differs, and a person is to say whether the catalogue follows. */
  AWAITING,
  /** The target differs in the way that somebody rejected. */
  REJECTED;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such outcome
   */
  @JsonCreator
  public static SyncOutcome parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
