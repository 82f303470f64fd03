package io.tas.dbhub.core.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of a change that a sync finds in a target. What is found first is always taken. */
public enum SchemaPolicy {
  /** The catalogue follows the target. */
  PROPAGATE,
  /** The catalogue stays as it is, and tells how much differs. */
  IGNORE,
  /** The change waits for a person. */
  APPROVE;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such policy
   */
  @JsonCreator
  public static SchemaPolicy parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
