package io.tas.dbhub.core.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a query came. */
public enum QueryChannel {
  REST,
  MCP,
  EXPORT;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
