package io.tas.dbhub.core.schedule;

import java.time.Instant;
import java.util.List;

/**
 * What a run has come to so far. Every database that matched is in exactly one of the other counts.
 *
 * @param runId of the run, whatever pages it has: its workflow id alone may be another's, too,
 *     which was begun in the same second
 * @param startedAt when its first page began
 * @param matched databases it was for
 * @param done with nothing to tell
 * @param changed of which the schema, or the rows they answer, are others than before
 * @param failed which do not work, or could not be tried
 * @param skipped which are gone, set aside, or not for the schedule's owner
 * @param attention of which a change waits for a person
 * @param underway which were begun and go on without the run
 * @param findings the first of those that failed or wait, and why
 */
public record RunReport(
    String runId,
    Instant startedAt,
    long matched,
    long done,
    long changed,
    long failed,
    long skipped,
    long attention,
    long underway,
    List<Finding> findings) {
  /** More are counted only: a report is read with every list of runs. */
  public static final int MOST_FINDINGS = 20;

  /**
   * @param code the type of the failure, or of what is waited for
   */
  public record Finding(String databaseId, ItemOutcome outcome, String code) {}

  public RunReport {
    findings = List.copyOf(findings);
  }

  public static RunReport begun(String runId, Instant startedAt) {
    return new RunReport(runId, startedAt, 0, 0, 0, 0, 0, 0, 0, List.of());
  }
}
