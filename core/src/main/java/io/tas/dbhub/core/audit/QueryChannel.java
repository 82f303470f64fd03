package io.tas.dbhub.core.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a query came. */
public enum QueryChannel {
  REST,
  MCP,
  EXPORT,
  /** By itself, for whom the schedule acts. */
  SCHEDULE;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
