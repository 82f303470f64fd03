package io.tas.dbhub.api.gate;

/**
 * A text that different readers would take apart differently, or that cannot be read in time. It is
 * refused, never guessed at.
 */
public final class UnclearSqlException extends Exception {
  private final String reason;
  private final String suggestion;

  public UnclearSqlException(String reason, String suggestion) {
    super(reason);
    this.reason = reason;
    this.suggestion = suggestion;
  }

  public String reason() {
    return reason;
  }

  public String suggestion() {
    return suggestion;
  }
}
