package io.tas.dbhub.core.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a schedule does to each of its databases. */
public enum ScheduleKind {
  /** Brings the catalogue up to what the target has. */
  SYNC,
  /** Tries the connection, beside the checks that its monitor makes anyway. */
  TEST,
  /** Asks the database, and keeps the answer. */
  QUERY;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ScheduleKind> fromWireName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(name)).findFirst();
  }

  @JsonCreator
  static ScheduleKind parse(String name) {
    return fromWireName(name).orElseThrow(() -> new IllegalArgumentException("unknown kind"));
  }
}
