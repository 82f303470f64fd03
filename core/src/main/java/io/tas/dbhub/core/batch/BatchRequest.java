package io.tas.dbhub.core.batch;

import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a batch needs to know; its rows are in the journal.
 *
 * @param batchId a UUID in its canonical text form
 * @param run which run of it this is, from 1; 0 for one that began before runs were numbered here
 * @param standing of whom it acts for, as they stood when they asked
 * @param progress of the runs before; null at first
 */
public record BatchRequest(
    String batchId,
    Scope scope,
    int run,
    BatchKind kind,
    Standing standing,
    BatchLimits limits,
    @Nullable BatchProgress progress) {
  /** The same for what is left. */
  public BatchRequest carrying(BatchProgress now) {
    return new BatchRequest(batchId, scope, run, kind, standing, limits, now);
  }
}
