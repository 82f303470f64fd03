package io.tas.dbhub.activities.comparison;

/** What changes databases. */
@FunctionalInterface
public interface Operations {
  /**
   * @param runId of the latest operation; empty when none is known
   */
  record Latest(String runId, boolean running) {}

  /** The latest operation of the database. */
  Latest latest(String databaseId);
}
