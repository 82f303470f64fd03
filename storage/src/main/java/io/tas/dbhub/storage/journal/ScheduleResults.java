package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * What queries of schedules answered. Of each schedule and database the last ones are kept, and the
 * last that succeeded. With a database nothing is taken away: it ages out, and nobody without the
 * database reads it.
 *
 * <p>Safe for use by several threads and processes; every method throws {@link
 * JournalUnavailableException} when the database cannot do it now.
 */
public final class ScheduleResults {
  /** How long it is remembered when a query succeeded last: longer than any schedule waits. */
  public static final Duration SUCCESSES_KEPT = Duration.ofDays(400);

  private final Jdbi jdbi;
  private final JournalCalls calls;

  ScheduleResults(Jdbi jdbi, JournalCalls calls) {
    this.jdbi = jdbi;
    this.calls = calls;
  }

  /**
   * Writes down that a query begins.
   *
   * @return false where it was begun before, which stays as it is
   */
  public boolean begin(ScheduleResult running) {
    return read(handle -> ScheduleResultTable.begin(handle, running));
  }

  /**
   * Takes back that it began, for nothing of it did.
   *
   * @param running as it was begun; one that ended, or was begun otherwise, stays
   */
  public void withdraw(ScheduleResult running) {
    calls.run(() -> jdbi.useHandle(handle -> ScheduleResultTable.withdraw(handle, running)));
  }

  /**
   * Writes down how it ended, with its entries in history and audit, and forgets what is not kept
   * any more. Does nothing where that was done before; only one of which nothing was known may
   * become known later.
   *
   * @param keep how many stay for the database
   * @param record for history and audit; null where nothing was asked
   */
  public void end(ScheduleResult ended, KeptRows rows, int keep, @Nullable QueryRecord record) {
    calls.run(
        () ->
            jdbi.useTransaction(
                handle -> {
                  if (ScheduleResultTable.end(handle, ended, rows)) {
                    if (ended.status() == ScheduleResult.Status.SUCCEEDED) {
                      ScheduleResultTable.succeeded(handle, ended);
                    }
                    ScheduleResultTable.trim(handle, ended, keep);
                    if (record != null) {
                      QueryTable.append(handle, List.of(record));
                      AuditTable.append(handle, List.of(record.audited()));
                    }
                  }
                }));
  }

  /** One of a schedule, with its rows. */
  public Optional<KeptResult> find(Scope scope, String scheduleId, String id) {
    return read(handle -> ScheduleResultTable.find(handle, scope, scheduleId, id));
  }

  /** The last that succeeded on a database, with its rows. */
  public Optional<KeptResult> lastSuccess(String scheduleId, DatabaseRef database) {
    return read(handle -> ScheduleResultTable.lastSuccess(handle, scheduleId, database));
  }

  /** When the last began that succeeded on a database. */
  public Optional<Instant> lastSuccessAt(String scheduleId, DatabaseRef database) {
    return read(handle -> ScheduleResultTable.lastSuccessAt(handle, scheduleId, database));
  }

  /**
   * One page, newest first, without rows.
   *
   * @throws IllegalArgumentException if the cursor is not one of the journal
   */
  public ScheduleResultPage list(ScheduleResultFilter filter) {
    JournalCursor cursor = JournalCursor.decode(filter.cursor());
    return read(handle -> ScheduleResultTable.page(handle, filter, cursor));
  }

  /** Deletes all of a schedule. */
  public void forget(Scope scope, String scheduleId) {
    calls.run(
        () -> jdbi.useTransaction(handle -> ScheduleResultTable.forget(handle, scope, scheduleId)));
  }

  /**
   * Deletes the oldest. May be done by several at once.
   *
   * @param atMost so that nobody waits for long meanwhile
   * @return how many there were; fewer than at most when none is left
   */
  public int forgetResults(Instant before, int atMost) {
    return delete(ScheduleResultTable.FORGET_OLD, before, atMost);
  }

  /** The same with when they succeeded last. */
  public int forgetSuccesses(Instant before, int atMost) {
    return delete(ScheduleResultTable.FORGET_SUCCESSES, before, atMost);
  }

  private int delete(String statement, Instant before, int atMost) {
    return read(
        handle -> {
          try (Update update = handle.createUpdate(statement)) {
            return update
                .bind("before", JournalTimes.millis(before))
                .bind("limit", atMost)
                .execute();
          }
        });
  }

  private <T> T read(HandleCallback<T, RuntimeException> work) {
    return calls.call(() -> jdbi.withHandle(work));
  }
}
