package io.tas.dbhub.gate;

/**
 * A text that cannot be taken apart, or that different readers would take apart differently. It is
 * refused, never guessed at.
 */
public final class UnclearSqlException extends Exception {
  private final String reason;
  private final String suggestion;
  private final boolean refusedByServers;

  public UnclearSqlException(String reason, String suggestion) {
    this(reason, suggestion, false);
  }

  private UnclearSqlException(String reason, String suggestion, boolean refusedByServers) {
    super(reason);
    this.reason = reason;
    this.suggestion = suggestion;
    this.refusedByServers = refusedByServers;
  }

  /** A fault at a place. */
  static UnclearSqlException at(String sql, int offset, String reason, String suggestion) {
    return new UnclearSqlException(reason + " (" + Place.of(sql, offset) + ")", suggestion, false);
  }

  /** A fault for which every server refuses the statement too, so that nothing can hide in it. */
  static UnclearSqlException error(String sql, int offset, String reason, String suggestion) {
    return new UnclearSqlException(reason + " (" + Place.of(sql, offset) + ")", suggestion, true);
  }

  public String reason() {
    return reason;
  }

  public String suggestion() {
    return suggestion;
  }

  boolean refusedByServers() {
    return refusedByServers;
  }
}
