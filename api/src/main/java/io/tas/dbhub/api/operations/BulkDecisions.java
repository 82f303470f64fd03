package io.tas.dbhub.api.operations;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.ParkedStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes one decision to many operations that wait for one. Each is told the step that was seen, so
 * that nobody decides about another one that it has come to since.
 */
final class BulkDecisions {
  private static final int MOST = 500;
  private static final int MOST_PAGES = 50;

  private final Function<OperationQuery, OperationListView> operations;
  private final BiConsumer<OperationId, Decision> decide;
  private final Duration limit;

  /**
   * @param limit after which no further operation is begun with
   */
  BulkDecisions(
      Function<OperationQuery, OperationListView> operations,
      BiConsumer<OperationId, Decision> decide,
      Duration limit) {
    this.operations = operations;
    this.decide = decide;
    this.limit = limit;
  }

  BulkDecisionView decide(
      Caller caller, DecisionFilter filter, DecisionBody decision, boolean dryRun) {
    long end = System.nanoTime() + limit.toNanos();
    Sight sight = Sight.of(caller, String.valueOf(filter.allSpaces()));
    List<OperationView> found = new ArrayList<>();
    boolean all = collect(sight, filter, found);
    List<BulkDecisionView.Decided> results = new ArrayList<>();
    for (OperationView operation : found) {
      results.add(
          dryRun
              ? BulkDecisionView.Decided.of(operation, null, null)
              : decided(caller, operation, decision, end));
    }
    @Nullable Instant parkedUntil =
        found.stream()
            .map(operation -> Objects.requireNonNull(operation.parked()).since())
            .max(Comparator.naturalOrder())
            .orElse(null);
    return new BulkDecisionView(dryRun, results.size(), !all, parkedUntil, results);
  }

  /** Whether these are all. */
  private boolean collect(Sight sight, DecisionFilter filter, List<OperationView> found) {
    @Nullable String cursor = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      OperationListView some =
          operations.apply(
              OperationQuery.parked(sight, filter.type(), filter.databaseId(), cursor));
      for (OperationView operation : some.operations()) {
        if (filter.matches(operation)) {
          if (found.size() == MOST) {
            return false;
          }
          found.add(operation);
        }
      }
      cursor = some.nextCursor();
      if (cursor == null) {
        return true;
      }
    }
    return false;
  }

  private BulkDecisionView.Decided decided(
      Caller caller, OperationView operation, DecisionBody decision, long end) {
    if (System.nanoTime() - end > 0) {
      return BulkDecisionView.Decided.of(operation, BulkDecisionView.NOT_TRIED, null);
    }
    ParkedStep parked = Objects.requireNonNull(operation.parked());
    try {
      decide.accept(
          OperationId.parse(operation.id()).orElseThrow(OperationsReader::unknown),
          new Decision(
              decision.decision(),
              parked.step(),
              decision.reason(),
              caller.subject(),
              caller.source()));
      return BulkDecisionView.Decided.of(operation, BulkDecisionView.DECIDED, null);
    } catch (ProblemException refused) {
      return BulkDecisionView.Decided.of(operation, refused.type().wireName(), refused.detail());
    }
  }
}
