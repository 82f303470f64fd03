package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.storage.journal.Batch;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch is, in one event.
 *
 * @param etaSeconds for what is left; null where it cannot be known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Progress(
    String id,
    BatchState state,
    long total,
    BatchView.Counts rows,
    double ratePerSecond,
    @Nullable Long etaSeconds) {
  /** Those that the journal counts as recent. */
  private static final double SECONDS = 10;

  static Progress of(Batch batch) {
    return new Progress(
        batch.id(),
        batch.state(),
        batch.total(),
        BatchView.Counts.of(batch),
        rate(batch),
        eta(batch));
  }

  static double rate(Batch batch) {
    return batch.recently() / SECONDS;
  }

  static @Nullable Long eta(Batch batch) {
    double rate = rate(batch);
    return batch.state() != BatchState.RUNNING || rate == 0
        ? null
        : (Long)
            (long)
                Math.ceil((batch.count(RowState.PENDING) + batch.count(RowState.RUNNING)) / rate);
  }

  /** The same for what looks the same: the id of an event. */
  static String mark(Batch batch) {
    Instant startedAt = batch.startedAt();
    return "%s-%d-%s"
        .formatted(
            batch.state().wireName(),
            startedAt == null ? 0 : startedAt.toEpochMilli(),
            Arrays.stream(RowState.values())
                .map(state -> String.valueOf(batch.count(state)))
                .collect(Collectors.joining(".")));
  }
}
