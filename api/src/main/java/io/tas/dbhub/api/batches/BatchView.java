package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.storage.journal.Batch;
import io.tas.dbhub.storage.journal.BatchRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch as REST shows it.
 *
 * @param problems not in lists
 * @param waiting likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Batch")
public record BatchView(
    String id,
    @Schema(
            implementation = String.class,
            allowableValues = {"import", "test", "rotate", "sync", "update", "delete"})
        BatchKind kind,
    String name,
    @Schema(
            implementation = String.class,
            allowableValues = {
              "checked",
              "running",
              "paused",
              "completed",
              "failed",
              "stopped",
              "cancelled",
              "needs_attention"
            })
        BatchState state,
    String requestedBy,
    Instant createdAt,
    @Schema(description = "When it was run last") @Nullable Instant startedAt,
    @Schema(description = "When that came to its end") @Nullable Instant endedAt,
    long total,
    Counts rows,
    @Schema(description = "Rows that came to their end, of the last ten seconds")
        double ratePerSecond,
    @Schema(description = "For what is left, at this rate") @Nullable Long etaSeconds,
    Limits limits,
    @Nullable Changes changes,
    @Schema(description = "The first rows that break rules or failed")
        @Nullable List<BatchRowView> problems,
    @Schema(description = "The first rows whose operations wait for a person")
        @Nullable List<BatchRowView> waiting,
    @Schema(description = "Where all rows are", example = "/api/v1/batches/{id}/rows")
        String rowsAddress) {

  /** How many rows are in which state. */
  @Schema(name = "BatchRowCounts")
  public record Counts(
      long pending,
      long invalid,
      long running,
      long done,
      long unchanged,
      long failed,
      long attention) {
    static Counts of(Batch batch) {
      return new Counts(
          batch.count(RowState.PENDING),
          batch.count(RowState.INVALID),
          batch.count(RowState.RUNNING),
          batch.count(RowState.DONE),
          batch.count(RowState.UNCHANGED),
          batch.count(RowState.FAILED),
          batch.count(RowState.ATTENTION));
    }
  }

  /**
   * @param stopAfter 0 for never
   */
  @Schema(name = "BatchLimits")
  public record Limits(int parallelism, int perHost, int stopAfter) {
    static Limits of(BatchLimits limits) {
      return new Limits(limits.parallelism(), limits.perHost(), limits.stopAfter());
    }
  }

  /** What an update changes. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "BatchChanges")
  public record Changes(
      Map<String, String> setLabels,
      List<String> removeLabels,
      @Nullable Boolean readonly,
      @Nullable Integer maxRows,
      @Nullable Integer connectionTimeout,
      @Nullable Integer queryTimeout,
      @Nullable Boolean isActive) {
    static @Nullable Changes of(@Nullable BatchUpdate update) {
      return update == null
          ? null
          : new Changes(
              update.setLabels(),
              update.removeLabels(),
              update.readOnly(),
              update.maxRows(),
              update.connectionTimeout(),
              update.queryTimeout(),
              update.active());
    }
  }

  static String address(String id) {
    return "/api/v1/batches/" + id;
  }

  /** In a list. */
  static BatchView brief(Batch batch) {
    return view(batch, null, null);
  }

  static BatchView of(Batch batch, List<BatchRow> problems, List<BatchRow> waiting) {
    return view(
        batch,
        problems.stream().map(BatchRowView::of).toList(),
        waiting.stream().map(BatchRowView::of).toList());
  }

  private static BatchView view(
      Batch batch, @Nullable List<BatchRowView> problems, @Nullable List<BatchRowView> waiting) {
    return new BatchView(
        batch.id(),
        batch.kind(),
        batch.name(),
        batch.state(),
        batch.requestedBy(),
        batch.createdAt(),
        batch.startedAt(),
        batch.endedAt(),
        batch.total(),
        Counts.of(batch),
        Progress.rate(batch),
        Progress.eta(batch),
        Limits.of(batch.limits()),
        Changes.of(batch.update()),
        problems,
        waiting,
        address(batch.id()) + "/rows");
  }
}
