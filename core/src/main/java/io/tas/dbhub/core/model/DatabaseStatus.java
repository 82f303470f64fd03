package io.tas.dbhub.core.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What is known of a connection: the phase of the Database resource. */
public enum DatabaseStatus {
  /** Not probed yet. */
  PENDING("Pending"),
  /** The last probes succeeded. */
  CONNECTED("Connected"),
  /** It answers, but a recent probe failed or was slow. */
  DEGRADED("Degraded"),
  /** Several probes in a row failed, or the first one did. */
  FAILED("Failed");

  private final String wireName;

  DatabaseStatus(String wireName) {
    this.wireName = wireName;
  }

  @JsonValue
  public String wireName() {
    return wireName;
  }

  public static Optional<DatabaseStatus> fromWireName(String name) {
    return Arrays.stream(values()).filter(status -> status.wireName.equals(name)).findFirst();
  }

  @JsonCreator
  static DatabaseStatus parse(String name) {
    return fromWireName(name).orElseThrow(() -> new IllegalArgumentException("unknown status"));
  }
}
