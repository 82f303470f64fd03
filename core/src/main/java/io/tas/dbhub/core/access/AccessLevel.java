package io.tas.dbhub.core.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What somebody may do with a database. Each level allows what those before it allow. */
public enum AccessLevel {
  /** It exists for them: they look at it, its schema and its health. */
  VIEW("view"),
  /** They read what is in it, and try the connection. */
  QUERY("query"),
  /** They change what is in it, where the connection is not read-only. */
  WRITE("write"),
  /** They change the connection and who may use it, and take it away. */
  MANAGE("manage");

  private final String wireName;

  AccessLevel(String wireName) {
    this.wireName = wireName;
  }

  @JsonValue
  public String wireName() {
    return wireName;
  }

  /** Whether it allows what the other one does. */
  public boolean allows(AccessLevel other) {
    return compareTo(other) >= 0;
  }

  /** The lower of both. */
  public AccessLevel atMost(AccessLevel ceiling) {
    return ceiling.allows(this) ? this : ceiling;
  }

  public static Optional<AccessLevel> fromWireName(String name) {
    return Arrays.stream(values()).filter(level -> level.wireName.equals(name)).findFirst();
  }

  @JsonCreator
  static AccessLevel parse(String name) {
    return fromWireName(name).orElseThrow(() -> new IllegalArgumentException("unknown level"));
  }
}
