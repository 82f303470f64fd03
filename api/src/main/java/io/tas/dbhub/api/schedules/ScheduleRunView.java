package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.operations.OperationStatus;
import io.tas.dbhub.core.schedule.ItemOutcome;
import io.tas.dbhub.core.schedule.RunReport;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of a schedule.
 *
 * @param scheduledAt when it was due
 * @param report as far as it is known; that of a run that goes on is of its last page
 * @param results where what its queries came to is, with their rows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ScheduleRun")
public record ScheduleRunView(
    String id,
    @Schema(
            implementation = String.class,
            allowableValues = {
              "running",
              "completed",
              "failed",
              "canceled",
              "terminated",
              "timed_out"
            })
        OperationStatus status,
    @Nullable Instant scheduledAt,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Report report,
    @Nullable String results) {

  /** What it came to. */
  @Schema(name = "ScheduleRunReport")
  public record Report(
      long matched,
      long done,
      long changed,
      long failed,
      long skipped,
      long attention,
      long underway,
      List<Finding> findings) {
    static Report of(RunReport report, Set<String> seen) {
      return new Report(
          report.matched(),
          report.done(),
          report.changed(),
          report.failed(),
          report.skipped(),
          report.attention(),
          report.underway(),
          report.findings().stream()
              .filter(finding -> seen.contains(finding.databaseId()))
              .map(finding -> new Finding(finding.databaseId(), finding.outcome(), finding.code()))
              .toList());
    }
  }

  /** Of one database, which the reader sees. */
  @Schema(name = "ScheduleFinding")
  public record Finding(
      String databaseId,
      @Schema(
              implementation = String.class,
              allowableValues = {"failed", "attention"})
          ItemOutcome outcome,
      String code) {}
}
