package io.tas.dbhub.storage.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a version. */
public enum VersionState {
  /** Not shown yet: its tables are being written. */
  WRITING,
  /** In the catalogue, until a later one. */
  APPLIED,
  /** Not shown yet: what it would change is being written. */
  PROPOSING,
  /** Waits for a person. Nothing of it is in the catalogue. */
  AWAITING,
  /** A later version put it into the catalogue. */
  APPROVED,
  /** Somebody did not want it. */
  REJECTED,
  /** Nobody decided before the target was found to be something else. */
  REPLACED;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such state
   */
  @JsonCreator
  public static VersionState parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
