package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.health.LatencyHistogram;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.storage.journal.HealthChange;
import io.tas.dbhub.storage.journal.HealthHour;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a database fared for a while.
 *
 * @param availability null when there was no check
 * @param latencyMs null when no check reached the database
 * @param nextCursor where the next page of changes begins; null on the last
 * @param hours null where they were not asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "HealthHistory")
public record HealthHistoryView(
    String databaseId,
    Instant from,
    Instant to,
    @Schema(description = "Of all hours that the period touches") long checks,
    @Schema(description = "Checks that did not reach the database") long failures,
    @Schema(description = "The share of the checks that reached the database, 0 to 1")
        @Nullable Double availability,
    @Nullable LatencyView latencyMs,
    @Schema(
            description =
                "The share of the time, until now at most, that the database had a status; together"
                    + " less than 1 where none is on record",
            example = "{\"Connected\": 0.99, \"Failed\": 0.01}")
        Map<String, Double> statusShares,
    @Schema(description = "Newest first") List<ChangeView> changes,
    @Nullable String nextCursor,
    @Schema(
            description =
                "Oldest first, where asked for. One that is missing has no check on record")
        @Nullable List<HourView> hours) {

  /** How long checks took that reached the database, in milliseconds. */
  @Schema(
      name = "Latency",
      description = "In milliseconds; percentiles are estimated, the maximum is exact")
  public record LatencyView(long p50, long p90, long p99, long max) {
    static @Nullable LatencyView of(LatencyHistogram took) {
      return took.percentile(1).isEmpty()
          ? null
          : new LatencyView(
              took.percentile(0.5).getAsLong(),
              took.percentile(0.9).getAsLong(),
              took.percentile(0.99).getAsLong(),
              took.longestMillis());
    }
  }

  /** A change of status. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "HealthChange")
  public record ChangeView(
      Instant at,
      @Schema(implementation = String.class, description = "Not there for the first")
          @Nullable DatabaseStatus from,
      @Schema(implementation = String.class) DatabaseStatus to,
      @Schema(description = "A word to match by, or empty", example = "Authentication")
          String reason,
      String message) {
    static ChangeView of(HealthChange change) {
      return new ChangeView(
          change.at(), change.from(), change.to(), change.reason(), change.message());
    }
  }

  /** The checks of an hour. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "HealthHour")
  public record HourView(
      @Schema(description = "When it begins") Instant hour,
      long checks,
      long failures,
      @Nullable LatencyView latencyMs) {
    static HourView of(HealthHour hour) {
      return new HourView(
          hour.hour(), hour.checks(), hour.failures(), LatencyView.of(hour.latencies()));
    }
  }
}
