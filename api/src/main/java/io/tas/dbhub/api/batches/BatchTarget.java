package io.tas.dbhub.api.batches;

import io.tas.dbhub.api.databases.TargetFields.Selector;
import java.util.List;

/**
 * Which databases a batch is for.
 *
 * @param databaseIds the ids; empty for a selector
 */
record BatchTarget(List<String> databaseIds, Selector selector) {
  BatchTarget {
    databaseIds = List.copyOf(databaseIds);
  }
}
