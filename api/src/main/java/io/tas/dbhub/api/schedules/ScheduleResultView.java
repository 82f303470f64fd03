package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.schedule.RowDifference;
import io.tas.dbhub.storage.journal.ScheduleResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a schedule's query on one database, in one run: the evidence, without rows.
 *
 * @param id the query's id in the history and the audit, too
 * @param runId of the run, as the list of runs has it
 * @param code why it failed
 * @param error what is told of it, as long as the history knows it
 * @param queryHash of the query's text
 * @param rowCount of the rows, or of those a write touched
 * @param truncated whether not all rows are kept
 * @param difference to the one before that succeeded
 * @param address where its rows are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ScheduleResult")
public record ScheduleResultView(
    String id,
    String runId,
    String databaseId,
    @Schema(allowableValues = {"running", "succeeded", "failed", "unknown"}) String status,
    @Nullable String code,
    @Nullable String error,
    @Schema(example = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String queryHash,
    Instant startedAt,
    long durationMs,
    long rowCount,
    boolean truncated,
    @Nullable Counts difference,
    String address) {
  /**
   * In what it differs, whatever the order of rows.
   *
   * @param comparedWith the id of the earlier result
   * @param exact whether all rows of both were kept
   */
  @Schema(name = "ScheduleResultCounts")
  public record Counts(String comparedWith, boolean exact, long added, long removed) {
    static @Nullable Counts of(@Nullable RowDifference difference) {
      return difference == null
          ? null
          : new Counts(
              difference.comparedWith(),
              difference.exact(),
              difference.added(),
              difference.removed());
    }
  }

  static ScheduleResultView of(ScheduleResult result) {
    return new ScheduleResultView(
        result.id(),
        result.runId(),
        result.databaseId(),
        result.status().wireName(),
        given(result.code()),
        given(result.error()),
        "sha256:" + result.sha256(),
        result.startedAt(),
        result.durationMs(),
        result.rows(),
        result.truncated(),
        Counts.of(result.difference()),
        address(result.scheduleId()) + "/" + result.id());
  }

  /** Of a schedule's results. */
  static String address(String scheduleId) {
    return "/api/v1/schedules/" + scheduleId + "/results";
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }
}
