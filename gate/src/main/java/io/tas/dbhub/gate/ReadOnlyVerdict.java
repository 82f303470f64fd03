package io.tas.dbhub.gate;

/** What the read-only gate says of a query. */
public sealed interface ReadOnlyVerdict {
  /** Every statement is a read. */
  record Allowed() implements ReadOnlyVerdict {}

  /**
   * @param reason why it is not taken for a read, for the user
   * @param suggestion what the user may do instead
   */
  record Refused(String reason, String suggestion) implements ReadOnlyVerdict {}
}
