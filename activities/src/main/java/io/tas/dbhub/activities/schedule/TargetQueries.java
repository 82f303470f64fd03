package io.tas.dbhub.activities.schedule;

import io.tas.dbhub.activities.inventory.InventoryFailures;
import io.tas.dbhub.activities.jdbc.query.QueryRunner;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.query.QueryOrder;
import io.tas.dbhub.core.schedule.ItemResult;
import io.tas.dbhub.core.schedule.QueryItem;
import io.tas.dbhub.core.schedule.ScheduledQueries;
import io.tas.dbhub.gate.order.OrderLimits;
import io.tas.dbhub.gate.order.QueryJudge;
import io.tas.dbhub.gate.order.RefusedQueryException;
import io.tas.dbhub.gate.order.Statements;
import io.tas.dbhub.storage.inventory.QueryTarget;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import io.tas.dbhub.storage.journal.QueryRates;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;

/**
 * Asks databases for schedules: each query is judged, counted and written down as one that is asked
 * by its schedule's owner, and right before it is run. Thread-safe.
 */
public final class TargetQueries implements ScheduledQueries {
  /** Of what is kept of an answer. */
  static final long MOST_BYTES = 1 << 20;

  private final BiFunction<Scope, String, Optional<QueryTarget>> targets;
  private final QueryRunner runner;
  private final QueryJudge judge;
  private final QueryRates rates;
  private final QueryLedger ledger;
  private final Duration within;
  private final ScheduledExecutorService clock;

  /**
   * @param targets what the inventory says of a database
   * @param runner stays the caller's
   * @param within which a query ends, whatever its connection allows
   * @param clock beats for all that run; stays the caller's
   */
  public TargetQueries(
      BiFunction<Scope, String, Optional<QueryTarget>> targets,
      QueryRunner runner,
      QueryJudge judge,
      QueryRates rates,
      QueryLedger ledger,
      Duration within,
      ScheduledExecutorService clock) {
    this.targets = targets;
    this.runner = runner;
    this.judge = judge;
    this.rates = rates;
    this.ledger = ledger;
    this.within = within;
    this.clock = clock;
  }

  @Override
  public ItemResult run(QueryItem item) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    ActivityInfo info = activity.getInfo();
    return run(item, info.getWorkflowRunId(), activity);
  }

  /**
   * @param execution of the page that asks; with the database, it tells one query from another
   */
  ItemResult run(QueryItem item, String execution, ActivityExecutionContext activity) {
    // The same in each attempt, and in no other run.
    String id = id(execution, item.database().id());
    try (Alive alive = new Alive(activity, clock)) {
      Optional<QueryLedger.Entry> before = ledger.find(item, id);
      if (before.isPresent() && (before.get().ended() || before.get().mayHaveWritten())) {
        return ledger.settle(before.get());
      }
      Optional<QueryTarget> target =
          InventoryFailures.translate(
              () -> targets.apply(item.database().scope(), item.database().id()));
      Optional<ItemResult> passedOver =
          ScheduleActivities.passedOver(item.standing(), target.map(QueryTarget::database));
      if (passedOver.isPresent()) {
        return passedOver.get();
      }
      QueryTarget found = target.orElseThrow();
      return ask(ledger.entry(item, found.database(), id), found, before.isPresent(), alive);
    }
  }

  static String id(String execution, String databaseId) {
    return UUID.nameUUIDFromBytes((execution + "\n" + databaseId).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /**
   * @param again whether an attempt before this one began it, and so counted it
   */
  private ItemResult ask(QueryLedger.Entry asked, QueryTarget target, boolean again, Alive alive) {
    QueryItem item = asked.item();
    AccessPolicy policy = policy(item, target);
    if (!again && !rates.take(item.database().scope(), item.standing().subject()).taken()) {
      return ledger.limited(asked);
    }
    QueryOrder order;
    try {
      order = order(asked, target.database(), policy);
    } catch (RefusedQueryException refused) {
      return ledger.refused(asked, refused);
    }
    QueryLedger.Entry begun = ledger.begin(asked, !policy.readOnly(), again);
    KeepingSink sink = run(order, alive);
    Optional<QueryError> error = sink.error();
    if (error.isEmpty()) {
      return ledger.succeeded(begun, sink);
    }
    boolean elsewhere =
        alive.stopping() && policy.readOnly() && error.get().kind() == QueryErrorKind.CANCELLED;
    if (elsewhere || error.get().kind() == QueryErrorKind.BUSY) {
      ledger.withdraw(begun);
      throw Failures.of(
          elsewhere ? FailureType.WORKER_UNAVAILABLE : FailureType.BUSY, error.get().message());
    }
    return sink.mayHold() ? ledger.unknown(begun, error.get()) : ledger.failed(begun, error.get());
  }

  private KeepingSink run(QueryOrder order, Alive alive) {
    KeepingSink sink = new KeepingSink(MOST_BYTES);
    alive.ending(() -> runner.abandon(order.queryId()));
    try {
      runner.run(order, sink);
    } catch (IOException e) {
      throw new IllegalStateException("what is kept in memory does not break off", e);
    }
    return sink;
  }

  private static AccessPolicy policy(QueryItem item, QueryTarget target) {
    AccessPolicy served =
        target
            .endpoint()
            .map(ServingEndpoint::policy)
            .orElseThrow(
                () ->
                    Failures.of(
                        FailureType.DBHUB_UNAVAILABLE, "No DBHub server serves the database yet."));
    AccessLevel level = item.standing().level(target.database()).orElseThrow();
    return QueryJudge.policy(target.database(), served, level);
  }

  private QueryOrder order(QueryLedger.Entry asked, Database database, AccessPolicy policy)
      throws RefusedQueryException {
    QueryItem item = asked.item();
    Statements statements =
        judge.judge(
            item.query().sql(),
            BoundParameters.of(item.query().parameters(), ledger.lastSuccess(item)),
            database.definition().target().type(),
            policy.readOnly());
    return QueryJudge.order(
        // An attempt that was given up may still run: it has another id, and the same alias.
        UUID.randomUUID().toString(),
        asked.id(),
        new Asker(item.database().scope(), item.standing().subject()),
        database,
        policy,
        new OrderLimits(
            item.query().maxRows(),
            item.query().timeoutSeconds(),
            within,
            MOST_BYTES,
            Duration.ZERO),
        statements);
  }
}
