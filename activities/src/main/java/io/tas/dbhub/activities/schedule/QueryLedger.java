package io.tas.dbhub.activities.schedule;

import io.tas.dbhub.activities.journal.JournalFailures;
import io.tas.dbhub.core.audit.AskedQuery;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.schedule.ItemOutcome;
import io.tas.dbhub.core.schedule.ItemResult;
import io.tas.dbhub.core.schedule.QueryItem;
import io.tas.dbhub.core.schedule.RowDifference;
import io.tas.dbhub.gate.order.RefusedQueryException;
import io.tas.dbhub.storage.journal.KeptResult;
import io.tas.dbhub.storage.journal.KeptRows;
import io.tas.dbhub.storage.journal.ScheduleResult;
import io.tas.dbhub.storage.journal.ScheduleResult.Status;
import io.tas.dbhub.storage.journal.ScheduleResults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what becomes of queries of schedules: in the results, the history and the audit, all
 * at once. Thread-safe. Throws failures {@code JournalUnavailable}.
 */
public final class QueryLedger {
  private static final String SOURCE = "schedule ";

  private final ScheduleResults results;
  private final Clock clock;

  public QueryLedger(ScheduleResults results, Clock clock) {
    this.results = results;
    this.clock = clock;
  }

  /**
   * A query, and what is known of it.
   *
   * @param databaseName as far as it is known
   */
  record Entry(QueryItem item, String databaseName, ScheduleResult result) {
    String id() {
      return result.id();
    }

    boolean ended() {
      return result.status() != Status.RUNNING;
    }

    /** Where it was begun, it must not be begun again. */
    boolean mayHaveWritten() {
      return result.writes();
    }
  }

  /** What an attempt before wrote down. */
  Optional<Entry> find(QueryItem item, String id) {
    return JournalFailures.translate(
            () -> results.find(item.database().scope(), item.scheduleId(), id))
        .map(kept -> new Entry(item, "", kept.result()));
  }

  /** Of a query that is about to be asked. */
  Entry entry(QueryItem item, Database database, String id) {
    Instant now = clock.instant();
    ScheduleResult result =
        ScheduleResult.asked(
            id,
            item.database().scope(),
            item.scheduleId(),
            item.database().id(),
            item.runId(),
            asked(item, "", id, now).sha256(),
            now);
    return new Entry(item, database.definition().name(), result);
  }

  /** When the last run began that succeeded on the database. */
  Optional<Instant> lastSuccess(QueryItem item) {
    return JournalFailures.translate(
        () -> results.lastSuccessAt(item.scheduleId(), item.database()));
  }

  /**
   * Writes down that it begins, before it does.
   *
   * @param again whether an attempt before this one began it, and only read
   */
  Entry begin(Entry entry, boolean writes, boolean again) {
    Entry begun = new Entry(entry.item(), entry.databaseName(), entry.result().running(writes));
    boolean first =
        JournalFailures.translate(
            () -> {
              if (again) {
                results.withdraw(entry.result());
              }
              return results.begin(begun.result());
            });
    if (!first) {
      throw Failures.of(FailureType.BUSY, "Another attempt runs the query.");
    }
    return begun;
  }

  /** Takes back that it began. */
  void withdraw(Entry begun) {
    JournalFailures.translateVoid(() -> results.withdraw(begun.result()));
  }

  /** What came of one that was begun before: where nobody knows, that is said. */
  ItemResult settle(Entry entry) {
    if (entry.ended()) {
      return outcome(entry.result());
    }
    return end(
        entry,
        without(entry, Status.UNKNOWN, FailureType.WORKER_UNAVAILABLE),
        KeptRows.none(),
        QueryOutcome.UNKNOWN,
        "The worker ended while the query ran: whether it took effect is not known.");
  }

  ItemResult succeeded(Entry entry, KeepingSink sink) {
    KeptRows rows = sink.kept();
    Optional<KeptResult> before =
        JournalFailures.translate(
            () -> results.lastSuccess(entry.item().scheduleId(), entry.item().database()));
    RowDifference difference =
        before
            .map(
                kept ->
                    RowDifference.between(
                        kept.result().id(),
                        kept.rows().rows(),
                        rows.rows(),
                        !kept.result().truncated() && !sink.truncated()))
            .orElse(null);
    return end(
        entry,
        entry.result().succeeded(took(entry), sink.count(), sink.truncated(), difference),
        rows,
        QueryOutcome.SUCCEEDED,
        "");
  }

  ItemResult failed(Entry entry, QueryError error) {
    return end(
        entry,
        without(entry, Status.FAILED, error.kind().failureType()),
        KeptRows.none(),
        QueryOutcome.of(error.kind()),
        error.message());
  }

  /** Of a write whose target broke off before it told: nobody knows. */
  ItemResult unknown(Entry entry, QueryError error) {
    return end(
        entry,
        without(entry, Status.UNKNOWN, error.kind().failureType()),
        KeptRows.none(),
        QueryOutcome.UNKNOWN,
        error.message());
  }

  ItemResult refused(Entry entry, RefusedQueryException refused) {
    QueryOutcome outcome =
        switch (refused.type()) {
          case INVALID -> QueryOutcome.SYNTAX;
          case NOT_READ_ONLY -> QueryOutcome.READONLY;
          default -> QueryOutcome.EXECUTION;
        };
    return end(
        entry,
        without(entry, Status.FAILED, refused.type()),
        KeptRows.none(),
        outcome,
        refused.reason());
  }

  /** It was not asked, so history and audit know nothing of it. */
  ItemResult limited(Entry entry) {
    return end(
        entry,
        without(entry, Status.FAILED, FailureType.TOO_MANY_REQUESTS),
        KeptRows.none(),
        null,
        "");
  }

  private ItemResult end(
      Entry entry,
      ScheduleResult ended,
      KeptRows rows,
      @Nullable QueryOutcome outcome,
      String error) {
    QueryRecord record =
        outcome == null
            ? null
            : asked(entry.item(), entry.databaseName(), ended.id(), ended.startedAt())
                .ended(outcome, ended.durationMs(), ended.rows(), ended.truncated(), error);
    JournalFailures.translateVoid(
        () -> results.end(ended, rows, entry.item().query().keepResults(), record));
    return outcome(ended);
  }

  private static ItemResult outcome(ScheduleResult ended) {
    RowDifference difference = ended.difference();
    if (ended.status() != Status.SUCCEEDED) {
      return new ItemResult(ItemOutcome.FAILED, ended.code(), ended.id());
    }
    return new ItemResult(
        difference == null || difference.none() ? ItemOutcome.DONE : ItemOutcome.CHANGED,
        "",
        ended.id());
  }

  private static AskedQuery asked(
      QueryItem item, String databaseName, String id, Instant startedAt) {
    return AskedQuery.of(
        id,
        item.database().scope(),
        item.standing().subject(),
        SOURCE + item.scheduleId(),
        QueryChannel.SCHEDULE,
        item.database().id(),
        databaseName,
        item.query().sql(),
        startedAt);
  }

  private ScheduleResult without(Entry entry, Status status, FailureType why) {
    return entry.result().without(status, why.wireName(), took(entry));
  }

  private long took(Entry entry) {
    return Math.max(0, Duration.between(entry.result().startedAt(), clock.instant()).toMillis());
  }
}
