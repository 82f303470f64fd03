package io.tas.dbhub.core.query;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tas.dbhub.core.failure.FailureType;
import java.util.Locale;

/** Why a query has no answer. */
public enum QueryErrorKind {
  /** The target was not reached, did not let us in, or broke off. */
  CONNECTION,
  /** The target does not understand the statement, or does not know a name in it. */
  SYNTAX,
  /** The login may not do it. */
  PERMISSION,
  /** It was understood, begun, and failed: a division by zero, a constraint. */
  EXECUTION,
  /** It took longer than it may, and was ended in the target too. */
  TIMEOUT,
  /** It writes, and the connection is read-only. */
  READONLY,
  /** Its asker cancelled it. */
  CANCELLED,
  /** A parameter has not the type of its place. */
  PARAMETER,
  /** The worker runs as many queries as it may. */
  BUSY,
  /** The Database resource is gone, set aside, or its credentials are missing. */
  UNUSABLE,
  UNKNOWN;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is to who asked. */
  public FailureType failureType() {
    return switch (this) {
      case CONNECTION, UNUSABLE, UNKNOWN -> FailureType.TARGET_FAILED;
      case SYNTAX, PERMISSION, EXECUTION -> FailureType.SQL_REFUSED;
      case TIMEOUT -> FailureType.TIMEOUT;
      case READONLY -> FailureType.NOT_READ_ONLY;
      case CANCELLED -> FailureType.CANCELLED;
      case PARAMETER -> FailureType.INVALID;
      case BUSY -> FailureType.BUSY;
    };
  }

  /**
   * @throws IllegalArgumentException when there is no such kind
   */
  @JsonCreator
  public static QueryErrorKind parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
