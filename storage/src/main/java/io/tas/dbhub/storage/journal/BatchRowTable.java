package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.batch.WaitingRows;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.sealing.SealedCredentials;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The statements about rows of batches. Every value is bound, and every look-up names tenant and
 * space.
 */
final class BatchRowTable {
  private static final String OF_BATCH = BatchTable.OF_SPACE + " AND batch_id = :batch_id";
  private static final String ONE = OF_BATCH + " AND number = :number";

  private static final String ADD =
      """
      INSERT INTO batch_rows (tenant_id, space_id, batch_id, number, line, name, host, database_id,
                              definition, sealed, state, violations, code, message, run)
      VALUES (:tenant_id, :space_id, :batch_id, :number, :line, :name, :host, :database_id,
              :definition, :sealed, :state, :violations, '', '', 0)
      ON CONFLICT DO NOTHING""";

  private static final String TAKE =
      """
      UPDATE batch_rows SET state = :running, started_at = :at, ended_at = NULL, code = '',
        message = '', operation = NULL, run = (SELECT run FROM batches WHERE %s AND id = :batch_id)
      WHERE %s AND state = :pending"""
          .formatted(BatchTable.OF_SPACE, ONE);

  private static final String WORK =
      """
      SELECT kind, changes, work.run AS run, work.state AS state,
             work.name AS name, database_id, definition, sealed
      FROM batches JOIN
        (SELECT * FROM batch_rows WHERE %s) AS work
        ON batches.tenant_id = work.tenant_id AND batches.space_id = work.space_id
          AND batches.id = work.batch_id
      WHERE batches.state <> :loading"""
          .formatted(ONE);

  /** Only one that was begun ends: what comes too late changes nothing. */
  private static final String END =
      """
      UPDATE batch_rows SET state = :state, code = :code, message = :message,
        operation = :operation, ended_at = :at,
        sealed = CASE WHEN :done = 1 THEN NULL ELSE sealed END
      WHERE %s AND state = :running"""
          .formatted(ONE);

  private static final String AGAIN =
      """
      UPDATE batch_rows SET state = :pending, code = '', message = '', operation = NULL,
        started_at = NULL, ended_at = NULL
      WHERE\s""";

  private BatchRowTable() {}

  static void add(Handle handle, Scope scope, String batchId, List<NewRow> rows) {
    try (PreparedBatch batch = handle.prepareBatch(ADD)) {
      for (NewRow row : rows) {
        SealedCredentials sealed = row.sealed();
        BatchTable.one(batch, scope, batchId)
            .bind("number", row.number())
            .bind("line", row.line())
            .bind("name", JournalText.name(row.name()))
            .bind("host", JournalText.key(row.host()))
            .bind("database_id", key(row.databaseId()))
            .bind("definition", BatchJson.definition(row.definition()))
            .bind("sealed", sealed == null ? null : sealed.ciphertext())
            .bind("state", row.state().wireName())
            .bind("violations", BatchJson.violations(row.violations()))
            .add();
      }
      batch.execute();
    }
  }

  static Set<String> names(Handle handle, Scope scope, String batchId, Collection<String> names) {
    try (Query query =
        handle.createQuery(
            "SELECT DISTINCT name FROM batch_rows WHERE "
                + OF_BATCH
                + " AND name <> '' AND name IN (<names>)")) {
      return BatchTable.one(query, scope, batchId)
          .bindList("names", List.copyOf(names))
          .mapTo(String.class)
          .set();
    }
  }

  static List<BatchRow> page(Handle handle, BatchRowFilter filter) {
    try (Query query =
        handle.createQuery(
            "SELECT * FROM batch_rows WHERE "
                + OF_BATCH
                + (filter.states().isEmpty() ? "" : " AND " + in(filter.states()))
                + " AND number > :after ORDER BY number LIMIT :limit")) {
      return BatchTable.one(query, filter.scope(), filter.batchId())
          .bind("after", filter.afterNumber())
          .bind("limit", filter.limit())
          .map((row, context) -> row(row))
          .list();
    }
  }

  static WaitingRows waiting(Handle handle, Scope scope, String batchId, long afterRow, int limit) {
    try (Query query =
        handle.createQuery(
            "SELECT number, host FROM batch_rows WHERE "
                + OF_BATCH
                + " AND "
                + in(EnumSet.of(RowState.PENDING, RowState.RUNNING))
                + " AND number > :after ORDER BY number LIMIT :limit")) {
      return new WaitingRows(
          BatchTable.one(query, scope, batchId)
              .bind("after", afterRow)
              .bind("limit", limit)
              .map(
                  (row, context) ->
                      new WaitingRows.Row(row.getLong("number"), row.getString("host")))
              .list());
    }
  }

  static Optional<RowWork> take(
      Handle handle, Scope scope, String batchId, long number, Instant at) {
    try (Update update = handle.createUpdate(TAKE)) {
      BatchTable.one(update, scope, batchId)
          .bind("number", number)
          .bind("running", RowState.RUNNING.wireName())
          .bind("pending", RowState.PENDING.wireName())
          .bind("at", JournalTimes.millis(at))
          .execute();
    }
    try (Query query = handle.createQuery(WORK)) {
      return BatchTable.one(query, scope, batchId)
          .bind("number", number)
          .bind("loading", BatchState.LOADING.wireName())
          .map((row, context) -> work(row))
          .findOne();
    }
  }

  static void end(Handle handle, Scope scope, String batchId, long number, RowEnd end, Instant at) {
    boolean done = end.state() == RowState.DONE || end.state() == RowState.UNCHANGED;
    try (Update update = handle.createUpdate(END)) {
      BatchTable.one(update, scope, batchId)
          .bind("number", number)
          .bind("state", end.state().wireName())
          .bind("code", JournalText.key(end.code()))
          .bind("message", JournalText.of(end.message()))
          .bind("operation", key(end.operation()))
          .bind("done", done ? 1 : 0)
          .bind("running", RowState.RUNNING.wireName())
          .bind("at", JournalTimes.millis(at))
          .execute();
    }
  }

  /** Has rows in these states wait anew. */
  static void again(Handle handle, Scope scope, String batchId, Set<RowState> states) {
    try (Update update = handle.createUpdate(AGAIN + OF_BATCH + " AND " + in(states))) {
      BatchTable.one(update, scope, batchId).bind("pending", RowState.PENDING.wireName()).execute();
    }
  }

  static void delete(Handle handle, BatchKey batch) {
    try (Update update = handle.createUpdate("DELETE FROM batch_rows WHERE " + OF_BATCH)) {
      BatchTable.one(update, batch.scope(), batch.id()).execute();
    }
  }

  static void forgetSealed(Handle handle, BatchKey batch) {
    try (Update update =
        handle.createUpdate(
            "UPDATE batch_rows SET sealed = NULL WHERE " + OF_BATCH + " AND sealed IS NOT NULL")) {
      BatchTable.one(update, batch.scope(), batch.id()).execute();
    }
  }

  /** In one order, so that the same states are the same statement. */
  private static String in(Set<RowState> states) {
    return EnumSet.copyOf(states).stream()
        .map(state -> "'" + state.wireName() + "'")
        .collect(Collectors.joining(", ", "state IN (", ")"));
  }

  private static @Nullable String key(@Nullable String text) {
    return text == null ? null : JournalText.key(text);
  }

  private static BatchRow row(ResultSet row) throws SQLException {
    return new BatchRow(
        row.getLong("number"),
        row.getLong("line"),
        row.getString("name"),
        row.getString("host"),
        row.getString("database_id"),
        RowState.parse(row.getString("state")),
        BatchJson.violations(row.getString("violations")),
        row.getString("code"),
        row.getString("message"),
        row.getString("operation"),
        JournalTimes.read(row, "started_at"),
        JournalTimes.read(row, "ended_at"));
  }

  private static RowWork work(ResultSet row) throws SQLException {
    String sealed = row.getString("sealed");
    return new RowWork(
        BatchKind.parse(row.getString("kind")),
        BatchJson.update(row.getString("changes")),
        row.getInt("run"),
        RowState.parse(row.getString("state")),
        row.getString("name"),
        row.getString("database_id"),
        BatchJson.definition(row.getString("definition")),
        sealed == null ? null : new SealedCredentials(sealed));
  }
}
