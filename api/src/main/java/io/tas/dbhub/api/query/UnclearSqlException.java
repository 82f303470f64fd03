package io.tas.dbhub.api.query;

/**
 * A text that different readers would take apart differently, or that cannot be read in time. It is
 * refused, never guessed at.
 */
final class UnclearSqlException extends Exception {
  private final String reason;
  private final String suggestion;

  UnclearSqlException(String reason, String suggestion) {
    super(reason);
    this.reason = reason;
    this.suggestion = suggestion;
  }

  String reason() {
    return reason;
  }

  String suggestion() {
    return suggestion;
  }
}
