package io.tas.dbhub.core.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a run whose time has come while the one before is going. */
public enum OverlapPolicy {
  /** It does not take place. */
  SKIP,
  /** One waits for the end of the one before, no more than one. */
  BUFFER_ONE,
  /** The one before is cancelled. */
  CANCEL_OTHER,
  /** The one before is ended without being asked. */
  TERMINATE_OTHER,
  /** Both go. */
  ALLOW_ALL;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<OverlapPolicy> fromWireName(String name) {
    return Arrays.stream(values()).filter(policy -> policy.wireName().equals(name)).findFirst();
  }

  @JsonCreator
  static OverlapPolicy parse(String name) {
    return fromWireName(name).orElseThrow(() -> new IllegalArgumentException("unknown policy"));
  }
}
