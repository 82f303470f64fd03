package io.tas.dbhub.core.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of what somebody did. */
public enum AuditOutcome {
  SUCCEEDED,
  /** It failed and was undone. */
  FAILED,
  /** Somebody cancelled it and it was undone. */
  CANCELLED,
  /** Somebody ended it with something left behind. */
  ABANDONED,
  /** It was not begun: the request was not allowed, or made no sense. */
  REFUSED;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
