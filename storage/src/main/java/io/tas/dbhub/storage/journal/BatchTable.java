package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The statements about batches themselves. Every value is bound, and every look-up names tenant and
 * space.
 */
final class BatchTable {
  static final String OF_SPACE = "tenant_id = :tenant_id AND space_id = :space_id";

  private static final String ONE = OF_SPACE + " AND id = :batch_id";

  private static final String CREATE =
      """
      INSERT INTO batches (tenant_id, space_id, id, kind, name, requested_by, requested_from, state,
                           parallelism, per_host, stop_after, changes, run, created_at, changed_at)
      VALUES (:tenant_id, :space_id, :batch_id, :kind, :name, :requested_by, :requested_from,
              :state, :parallelism, :per_host, :stop_after, :changes, 0, :at, :at)
      ON CONFLICT DO NOTHING""";

  /** One that runs without having been begun was run for the first time. */
  private static final String CHANGE =
      """
      UPDATE batches SET state = :state, changed_at = :at,
        run = CASE WHEN :runs = 1 AND run = 0 THEN 1 ELSE run END,
        started_at = CASE WHEN :runs = 1 THEN coalesce(started_at, :at) ELSE started_at END,
        ended_at = CASE WHEN :ended = 1 THEN :at ELSE ended_at END
      WHERE\s""";

  private static final String BEGIN =
      """
      UPDATE batches SET state = :state, changed_at = :at, run = run + 1, started_at = :at,
        ended_at = NULL
      WHERE\s""";

  private static final String WITH_CREDENTIALS =
      """
      AND EXISTS (SELECT 1 FROM batch_rows WHERE sealed IS NOT NULL
         AND batch_rows.tenant_id = batches.tenant_id AND batch_rows.space_id = batches.space_id
         AND batch_rows.batch_id = batches.id)""";

  private BatchTable() {}

  static void create(Handle handle, NewBatch batch) {
    try (Update update = handle.createUpdate(CREATE)) {
      one(update, batch.scope(), batch.id())
          .bind("kind", batch.kind().wireName())
          .bind("name", JournalText.name(batch.name()))
          .bind("requested_by", JournalText.of(batch.requestedBy()))
          .bind("requested_from", JournalText.of(batch.requestedFrom()))
          .bind("state", BatchState.LOADING.wireName())
          .bind("parallelism", batch.limits().parallelism())
          .bind("per_host", batch.limits().perHost())
          .bind("stop_after", batch.limits().stopAfter())
          .bind("changes", BatchJson.update(batch.update()))
          .bind("at", JournalTimes.millis(batch.createdAt()))
          .execute();
    }
  }

  /** Until the end of the transaction nobody takes it away, or has it do something else. */
  static boolean loading(Handle handle, Scope scope, String id, Instant at) {
    return change(handle, scope, id, EnumSet.of(BatchState.LOADING), BatchState.LOADING, at);
  }

  static boolean change(
      Handle handle,
      Scope scope,
      String id,
      Collection<BatchState> from,
      BatchState to,
      Instant at) {
    if (from.isEmpty()) {
      return false;
    }
    try (Update update = handle.createUpdate(CHANGE + ONE + " AND " + in(from))) {
      return change(one(update, scope, id), to, at);
    }
  }

  static boolean tell(Handle handle, Scope scope, String id, int run, BatchState to, Instant at) {
    String under = " AND (:run = 0 OR run = :run) AND " + in(those(BatchState::underWay));
    try (Update update = handle.createUpdate(CHANGE + ONE + under)) {
      return change(one(update, scope, id).bind("run", run), to, at);
    }
  }

  private static boolean change(Update update, BatchState to, Instant at) {
    return update
            .bind("state", to.wireName())
            .bind("runs", to == BatchState.RUNNING ? 1 : 0)
            // A dry run is no run.
            .bind("ended", to.ended() && to != BatchState.CHECKED ? 1 : 0)
            .bind("at", JournalTimes.millis(at))
            .execute()
        == 1;
  }

  static boolean begin(Handle handle, Scope scope, String id, Instant at) {
    try (Update update = handle.createUpdate(BEGIN + ONE + " AND " + in(ended()))) {
      return one(update, scope, id)
              .bind("state", BatchState.RUNNING.wireName())
              .bind("at", JournalTimes.millis(at))
              .execute()
          == 1;
    }
  }

  /** Of one that is there. */
  static int run(Handle handle, Scope scope, String id) {
    try (Query query = handle.createQuery("SELECT run FROM batches WHERE " + ONE)) {
      return one(query, scope, id).mapTo(Integer.class).one();
    }
  }

  static Optional<Batch> find(Handle handle, Scope scope, String id) {
    try (Query query =
        handle.createQuery("SELECT * FROM batches WHERE " + ONE + " AND state <> :loading")) {
      return one(query, scope, id)
          .bind("loading", BatchState.LOADING.wireName())
          .map((row, context) -> batch(row))
          .findOne();
    }
  }

  /** One more than the page was asked for: it tells whether another page follows. */
  static List<Batch> newest(
      Handle handle, Scope scope, int atMost, @Nullable JournalCursor cursor) {
    try (Query query =
        handle.createQuery(
            "SELECT * FROM batches WHERE "
                + OF_SPACE
                + " AND state <> :loading"
                + (cursor == null ? "" : " AND (created_at, id) < (:cursor_at, :cursor_id)")
                + " ORDER BY created_at DESC, id DESC LIMIT :limit")) {
      of(query, scope).bind("loading", BatchState.LOADING.wireName()).bind("limit", atMost + 1);
      if (cursor != null) {
        query.bind("cursor_at", cursor.atMillis()).bind("cursor_id", JournalText.key(cursor.id()));
      }
      return query.map((row, context) -> batch(row)).list();
    }
  }

  static long underWay(Handle handle, Scope scope) {
    try (Query query =
        handle.createQuery(
            "SELECT count(*) FROM batches WHERE "
                + OF_SPACE
                + " AND "
                + in(those(BatchState::underWay)))) {
      return of(query, scope).mapTo(Long.class).one();
    }
  }

  /** Those of all tenants that nobody has touched since. */
  static List<BatchKey> untouched(
      Handle handle, Collection<BatchState> states, Instant since, int atMost) {
    return untouched(handle, states, since, "", atMost);
  }

  /** Of these those that have credentials still. */
  static List<BatchKey> withCredentials(
      Handle handle, Collection<BatchState> states, Instant since, int atMost) {
    return untouched(handle, states, since, WITH_CREDENTIALS, atMost);
  }

  private static List<BatchKey> untouched(
      Handle handle, Collection<BatchState> states, Instant since, String also, int atMost) {
    try (Query query =
        handle.createQuery(
            "SELECT tenant_id, space_id, id FROM batches WHERE changed_at < :since AND "
                + in(states)
                + " "
                + also
                + " ORDER BY changed_at LIMIT :limit")) {
      return query
          .bind("since", JournalTimes.millis(since))
          .bind("limit", atMost)
          .map(
              (row, context) ->
                  new BatchKey(
                      new Scope(row.getString("tenant_id"), row.getString("space_id")),
                      row.getString("id")))
          .list();
    }
  }

  /**
   * Whether it is in one of these states, and nobody has touched it since. Then nobody does until
   * the end of the transaction.
   */
  static boolean hold(
      Handle handle, BatchKey batch, Collection<BatchState> states, Instant untouchedSince) {
    try (Update update =
        handle.createUpdate(
            "UPDATE batches SET changed_at = changed_at WHERE "
                + ONE
                + " AND changed_at < :since AND "
                + in(states))) {
      return one(update, batch.scope(), batch.id())
              .bind("since", JournalTimes.millis(untouchedSince))
              .execute()
          == 1;
    }
  }

  /** If it is in one of these states, and nobody has touched it since. */
  static boolean delete(
      Handle handle, BatchKey batch, Collection<BatchState> states, Instant untouchedSince) {
    try (Update update =
        handle.createUpdate(
            "DELETE FROM batches WHERE " + ONE + " AND changed_at < :since AND " + in(states))) {
      return one(update, batch.scope(), batch.id())
              .bind("since", JournalTimes.millis(untouchedSince))
              .execute()
          == 1;
    }
  }

  static EnumSet<BatchState> ended() {
    return those(BatchState::ended);
  }

  private static EnumSet<BatchState> those(Predicate<BatchState> which) {
    return Arrays.stream(BatchState.values())
        .filter(which)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(BatchState.class)));
  }

  /** In one order, so that the same states are the same statement. */
  private static String in(Collection<BatchState> states) {
    return EnumSet.copyOf(states).stream()
        .map(state -> "'" + state.wireName() + "'")
        .collect(Collectors.joining(", ", "state IN (", ")"));
  }

  static <T extends SqlStatement<T>> T one(T statement, Scope scope, String batchId) {
    return of(statement, scope).bind("batch_id", JournalText.key(batchId));
  }

  private static <T extends SqlStatement<T>> T of(T statement, Scope scope) {
    return statement.bind("tenant_id", scope.tenantId()).bind("space_id", scope.spaceId());
  }

  /** Without its rows. */
  private static Batch batch(ResultSet row) throws SQLException {
    return new Batch(
        row.getString("id"),
        new Scope(row.getString("tenant_id"), row.getString("space_id")),
        BatchKind.parse(row.getString("kind")),
        row.getString("name"),
        row.getString("requested_by"),
        row.getString("requested_from"),
        BatchState.parse(row.getString("state")),
        row.getInt("run"),
        new BatchLimits(
            row.getInt("parallelism"), row.getInt("per_host"), row.getInt("stop_after")),
        BatchJson.update(row.getString("changes")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        JournalTimes.read(row, "started_at"),
        JournalTimes.read(row, "ended_at"),
        Map.<RowState, Long>of(),
        0);
  }
}
