package io.tas.dbhub.workflows.batch;

import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.WaitingRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rows that wait, and which of them may begin: never too many together, nor for one host. */
final class RowQueue {
  private final BatchLimits limits;
  private final List<WaitingRows.Row> waiting = new ArrayList<>();
  private final Map<String, Integer> byHost = new HashMap<>();
  private int underway;

  RowQueue(BatchLimits limits) {
    this.limits = limits;
  }

  void add(List<WaitingRows.Row> rows) {
    waiting.addAll(rows);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /** Rows that were begun and have not come to their end. */
  int underway() {
    return underway;
  }

  boolean full() {
    return underway >= limits.parallelism();
  }

  /** The number of the first that waits; empty when none does. */
  Optional<Long> first() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.get(0).number());
  }

  /** Whether {@link #begin} finds one. */
  boolean ready() {
    return !full() && waiting.stream().anyMatch(this::free);
  }

  /** The first that may begin, which has begun then. */
  WaitingRows.Row begin() {
    Iterator<WaitingRows.Row> rows = waiting.iterator();
    while (rows.hasNext()) {
      WaitingRows.Row row = rows.next();
      if (free(row)) {
        rows.remove();
        underway++;
        byHost.merge(host(row), 1, Integer::sum);
        return row;
      }
    }
    throw new IllegalStateException("no row may begin");
  }

  void end(WaitingRows.Row row) {
    underway--;
    byHost.merge(host(row), -1, (now, less) -> now + less == 0 ? null : now + less);
  }

  private boolean free(WaitingRows.Row row) {
    return row.host().isEmpty() || byHost.getOrDefault(host(row), 0) < limits.perHost();
  }

  private static String host(WaitingRows.Row row) {
    return row.host().toLowerCase(Locale.ROOT);
  }
}
