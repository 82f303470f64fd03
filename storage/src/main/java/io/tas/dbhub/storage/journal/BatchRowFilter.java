package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Scope;
import java.util.Set;

/**
 * @param states any of these; empty for all
 * @param afterNumber only rows of a higher number
 */
public record BatchRowFilter(
    Scope scope, String batchId, Set<RowState> states, long afterNumber, int limit) {
  public BatchRowFilter {
    states = Set.copyOf(states);
  }
}
