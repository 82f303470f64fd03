package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schedule.RowDifference;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of a schedule's query on one database, in one of its runs.
 *
 * @param id a UUID, which the query's entries in history and audit have, too
 * @param runId of the run, as its report has it
 * @param writes whether the connection could be written to
 * @param code the type of the failure; empty where there is none
 * @param sha256 of the query's text
 * @param durationMs of the query in milliseconds; 0 while it runs
 * @param rows that were answered, or that a write touched
 * @param truncated whether not all of them were kept
 * @param difference to the one before that succeeded; null where there is none
 * @param error what is told of the failure, as long as the history knows it; otherwise empty
 */
public record ScheduleResult(
    String id,
    Scope scope,
    String scheduleId,
    String databaseId,
    String runId,
    boolean writes,
    Status status,
    String code,
    String sha256,
    Instant startedAt,
    long durationMs,
    long rows,
    boolean truncated,
    @Nullable RowDifference difference,
    String error) {
  /** Of a query that was not begun yet. */
  public static ScheduleResult asked(
      String id,
      Scope scope,
      String scheduleId,
      String databaseId,
      String runId,
      String sha256,
      Instant startedAt) {
    return new ScheduleResult(
        id,
        scope,
        scheduleId,
        databaseId,
        runId,
        false,
        Status.RUNNING,
        "",
        sha256,
        startedAt,
        0,
        0,
        false,
        null,
        "");
  }

  /** The same, of a connection that can be written to or not. */
  public ScheduleResult running(boolean mayWrite) {
    return new ScheduleResult(
        id,
        scope,
        scheduleId,
        databaseId,
        runId,
        mayWrite,
        Status.RUNNING,
        "",
        sha256,
        startedAt,
        0,
        0,
        false,
        null,
        "");
  }

  /** The same with an answer. */
  public ScheduleResult succeeded(
      long took, long count, boolean cut, @Nullable RowDifference toBefore) {
    return new ScheduleResult(
        id,
        scope,
        scheduleId,
        databaseId,
        runId,
        writes,
        Status.SUCCEEDED,
        "",
        sha256,
        startedAt,
        took,
        count,
        cut,
        toBefore,
        "");
  }

  /** The same without one. */
  public ScheduleResult without(Status status, String why, long took) {
    return new ScheduleResult(
        id,
        scope,
        scheduleId,
        databaseId,
        runId,
        writes,
        status,
        why,
        sha256,
        startedAt,
        took,
        0,
        false,
        null,
        "");
  }

  /** How it stands. */
  public enum Status {
    /** It was begun. Where its worker died it stays so until somebody looks after it. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** It was begun, may have written, and nobody knows how it ended. */
    UNKNOWN;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
