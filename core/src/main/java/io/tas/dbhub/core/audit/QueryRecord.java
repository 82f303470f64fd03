package io.tas.dbhub.core.audit;

/**
 * A query that ended, however it did.
 *
 * @param durationMs from the question to the answer, in milliseconds
 * @param rows that were answered
 * @param truncated whether there were more
 * @param error what the user was told, free of credentials and addresses; empty when it succeeded
 */
public record QueryRecord(
    AskedQuery asked,
    QueryOutcome outcome,
    long durationMs,
    long rows,
    boolean truncated,
    String error) {
  /** The action of queries in the audit. */
  public static final String ACTION = "Query";

  /** The same, of whose text only the hash is left. */
  public QueryRecord withoutText() {
    return new QueryRecord(asked.withoutText(), outcome, durationMs, rows, truncated, error);
  }

  /**
   * Its entry of the audit, which stays when the query and its text are long forgotten. It has the
   * query's id, so the two are found by each other.
   */
  public AuditEntry audited() {
    String kind = outcome == QueryOutcome.SUCCEEDED ? "" : outcome.wireName() + " ";
    return new AuditEntry(
        asked.id(),
        asked.startedAt(),
        asked.scope(),
        asked.actor(),
        ACTION,
        asked.databaseId(),
        asked.databaseName(),
        outcome.inAudit(),
        null,
        kind + "sha256:" + asked.sha256(),
        asked.source());
  }

  /** Without what the error may quote. */
  @Override
  public String toString() {
    return "QueryRecord[" + asked + ", " + outcome.wireName() + "]";
  }
}
