package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch, and how far it is.
 *
 * @param id a UUID in its canonical text form
 * @param name what its owner calls it: a file's name, or nothing
 * @param requestedBy the subject who asked for it
 * @param requestedFrom where the request came from
 * @param run how often it was run
 * @param update what an update changes; null for every other kind
 * @param startedAt when it was run last; null before
 * @param endedAt when that came to its end; null before
 * @param rows how many are in which state; a state that none is in is missing
 * @param recently rows that came to their end in the last ten seconds
 */
public record Batch(
    String id,
    Scope scope,
    BatchKind kind,
    String name,
    String requestedBy,
    String requestedFrom,
    BatchState state,
    int run,
    BatchLimits limits,
    @Nullable BatchUpdate update,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Map<RowState, Long> rows,
    long recently) {
  public Batch {
    Map<RowState, Long> sorted = new EnumMap<>(RowState.class);
    sorted.putAll(rows);
    rows = sorted;
  }

  public long count(RowState state) {
    return rows.getOrDefault(state, 0L);
  }

  public long total() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
