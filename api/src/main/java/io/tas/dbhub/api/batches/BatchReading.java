package io.tas.dbhub.api.batches;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.storage.journal.Batch;
import io.tas.dbhub.storage.journal.BatchRow;
import io.tas.dbhub.storage.journal.BatchRowFilter;
import io.tas.dbhub.storage.journal.Batches;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads batches and their rows. What is another space's is not found. Thread-safe. */
final class BatchReading {
  private static final int SHOWN = 20;

  private final Batches batches;

  BatchReading(Batches batches) {
    this.batches = batches;
  }

  /**
   * @throws ProblemException NotFound
   */
  Batch get(Caller caller, String id) {
    return Optional.of(id)
        .filter(Uuids::valid)
        .flatMap(valid -> batches.find(caller.scope(), valid))
        .orElseThrow(() -> new ProblemException(FailureType.NOT_FOUND, "There is no such batch."));
  }

  /** As it is now, with the first of its rows that need somebody. */
  BatchView view(Caller caller, String id) {
    Batch batch = get(caller, id);
    return BatchView.of(
        batch,
        first(batch, EnumSet.of(RowState.INVALID, RowState.FAILED)),
        first(batch, EnumSet.of(RowState.ATTENTION)));
  }

  private List<BatchRow> first(Batch batch, Set<RowState> states) {
    return states.stream().allMatch(state -> batch.count(state) == 0)
        ? List.of()
        : batches.rows(new BatchRowFilter(batch.scope(), batch.id(), states, 0, SHOWN));
  }

  BatchListView list(Caller caller, int pageSize, @Nullable String cursor) {
    return BatchListView.of(batches.list(caller.scope(), pageSize, cursor));
  }

  /** Rows of a higher number, in their order. */
  List<BatchRowView> rows(Batch batch, Set<RowState> states, long after, int limit) {
    return batches
        .rows(new BatchRowFilter(batch.scope(), batch.id(), states, after, limit))
        .stream()
        .map(BatchRowView::of)
        .toList();
  }
}
