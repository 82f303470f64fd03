package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schedule.RowDifference;
import io.tas.dbhub.storage.journal.ScheduleResult.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the results of schedules. Every value is bound, and every look-up names tenant
 * and space.
 */
final class ScheduleResultTable {
  static final String FORGET_OLD =
      """
      DELETE FROM schedule_results WHERE id IN
        (SELECT id FROM schedule_results WHERE started_at < :before
         ORDER BY started_at LIMIT :limit)""";

  static final String FORGET_SUCCESSES =
      """
      DELETE FROM schedule_successes WHERE started_at < :before
        AND (tenant_id, space_id, schedule_id, database_id) IN
        (SELECT tenant_id, space_id, schedule_id, database_id FROM schedule_successes
         WHERE started_at < :before ORDER BY started_at LIMIT :limit)""";

  private static final String INSERT =
      """
      INSERT INTO schedule_results
        (id, tenant_id, space_id, schedule_id, database_id, run_id, writes, status, code, sha256,
         started_at, duration_ms, row_count, truncated, compared_with, difference_exact, added,
         removed, columns_json, row_lines, added_lines, removed_lines)
      VALUES
        (:id, :tenant_id, :space_id, :schedule_id, :database_id, :run_id, :writes, :status, :code,
         :sha256, :started_at, :duration_ms, :row_count, :truncated, :compared_with, :exact,
         :added, :removed, :columns, :rows, :added_rows, :removed_rows)
      ON CONFLICT (id)""";

  private static final String BEGIN = INSERT + " DO NOTHING";

  private static final String END =
      INSERT
          + """
           DO UPDATE SET status = excluded.status, code = excluded.code,
             duration_ms = excluded.duration_ms, row_count = excluded.row_count,
             truncated = excluded.truncated, compared_with = excluded.compared_with,
             difference_exact = excluded.difference_exact, added = excluded.added,
             removed = excluded.removed, columns_json = excluded.columns_json,
             row_lines = excluded.row_lines, added_lines = excluded.added_lines,
             removed_lines = excluded.removed_lines
           WHERE schedule_results.tenant_id = excluded.tenant_id
             AND schedule_results.space_id = excluded.space_id
             AND (schedule_results.status = 'running'
               OR (schedule_results.status = 'unknown' AND excluded.status <> 'unknown'))""";

  private static final String OF_SPACE = " r.tenant_id = :tenant_id AND r.space_id = :space_id";

  private static final String OF_SCHEDULE = OF_SPACE + " AND r.schedule_id = :schedule_id";

  private static final String OF_DATABASE = OF_SCHEDULE + " AND r.database_id = :database_id";

  private static final String EVIDENCE =
      """
      SELECT r.id, r.tenant_id, r.space_id, r.schedule_id, r.database_id, r.run_id, r.writes,
        r.status, r.code, r.sha256, r.started_at, r.duration_ms, r.row_count, r.truncated,
        r.compared_with, r.difference_exact, r.added, r.removed, q.error""";

  /** What was told of a failure may quote the text, so it is kept where the text is. */
  private static final String TABLES =
      " FROM schedule_results r LEFT JOIN queries q"
          + " ON q.id = r.id AND q.tenant_id = r.tenant_id AND q.space_id = r.space_id WHERE";

  private static final String WHOLE =
      EVIDENCE + ", r.columns_json, r.row_lines, r.added_lines, r.removed_lines" + TABLES;

  private static final String NEWEST = " ORDER BY r.started_at DESC, r.id DESC LIMIT ";

  private static final String TRIM =
      "DELETE FROM schedule_results AS r WHERE"
          + OF_DATABASE
          + " AND r.status <> 'running' AND r.id NOT IN (SELECT r.id FROM schedule_results r WHERE"
          + OF_DATABASE
          + " AND r.status <> 'running'"
          + NEWEST
          + ":keep) AND r.id NOT IN (SELECT r.id FROM schedule_results r WHERE"
          + OF_DATABASE
          + " AND r.status = 'succeeded'"
          + NEWEST
          + "1)";

  private static final String SUCCEEDED =
      """
      INSERT INTO schedule_successes (tenant_id, space_id, schedule_id, database_id, started_at)
      VALUES (:tenant_id, :space_id, :schedule_id, :database_id, :started_at)
      ON CONFLICT (tenant_id, space_id, schedule_id, database_id)
      DO UPDATE SET started_at = excluded.started_at
      WHERE schedule_successes.started_at < excluded.started_at""";

  private ScheduleResultTable() {}

  static boolean begin(Handle handle, ScheduleResult running) {
    return written(handle, BEGIN, running, KeptRows.none());
  }

  static boolean end(Handle handle, ScheduleResult ended, KeptRows rows) {
    return written(handle, END, ended, rows);
  }

  private static boolean written(
      Handle handle, String statement, ScheduleResult result, KeptRows rows) {
    RowDifference difference = result.difference();
    try (Update update = handle.createUpdate(statement)) {
      ofDatabase(update, result.scheduleId(), new DatabaseRef(result.databaseId(), result.scope()))
          .bind("id", JournalText.key(result.id()))
          .bind("run_id", JournalText.of(result.runId()))
          .bind("writes", result.writes() ? 1 : 0)
          .bind("status", result.status().wireName())
          .bind("code", JournalText.of(result.code()))
          .bind("sha256", result.sha256())
          .bind("started_at", JournalTimes.millis(result.startedAt()))
          .bind("duration_ms", result.durationMs())
          .bind("row_count", result.rows())
          .bind("truncated", result.truncated() ? 1 : 0)
          .bind("compared_with", difference == null ? null : difference.comparedWith())
          .bind("exact", difference != null && difference.exact() ? 1 : 0)
          .bind("added", difference == null ? 0 : difference.added())
          .bind("removed", difference == null ? 0 : difference.removed())
          .bind("columns", JournalText.whole(rows.columns()))
          .bind("rows", lines(rows.rows()))
          .bind("added_rows", difference == null ? "" : lines(difference.firstAdded()))
          .bind("removed_rows", difference == null ? "" : lines(difference.firstRemoved()));
      return update.execute() == 1;
    }
  }

  static void withdraw(Handle handle, ScheduleResult running) {
    try (Update update =
        handle.createUpdate(
            "DELETE FROM schedule_results AS r WHERE"
                + OF_SPACE
                + " AND r.id = :id AND r.status = 'running' AND r.writes = :writes")) {
      ofSpace(update, running.scope())
          .bind("id", JournalText.key(running.id()))
          .bind("writes", running.writes() ? 1 : 0)
          .execute();
    }
  }

  static void succeeded(Handle handle, ScheduleResult result) {
    try (Update update = handle.createUpdate(SUCCEEDED)) {
      ofDatabase(update, result.scheduleId(), new DatabaseRef(result.databaseId(), result.scope()))
          .bind("started_at", JournalTimes.millis(result.startedAt()))
          .execute();
    }
  }

  static void trim(Handle handle, ScheduleResult result, int keep) {
    try (Update update = handle.createUpdate(TRIM)) {
      ofDatabase(update, result.scheduleId(), new DatabaseRef(result.databaseId(), result.scope()))
          .bind("keep", keep)
          .execute();
    }
  }

  static Optional<KeptResult> find(Handle handle, Scope scope, String scheduleId, String id) {
    try (Query query = handle.createQuery(WHOLE + OF_SCHEDULE + " AND r.id = :id")) {
      ofSchedule(query, scope, scheduleId).bind("id", JournalText.key(id));
      return query.map((row, context) -> kept(row)).findOne();
    }
  }

  static Optional<KeptResult> lastSuccess(Handle handle, String scheduleId, DatabaseRef database) {
    try (Query query =
        handle.createQuery(WHOLE + OF_DATABASE + " AND r.status = 'succeeded'" + NEWEST + "1")) {
      return ofDatabase(query, scheduleId, database).map((row, context) -> kept(row)).findOne();
    }
  }

  static Optional<Instant> lastSuccessAt(Handle handle, String scheduleId, DatabaseRef database) {
    try (Query query =
        handle.createQuery("SELECT r.started_at FROM schedule_successes r WHERE" + OF_DATABASE)) {
      return ofDatabase(query, scheduleId, database)
          .mapTo(Long.class)
          .findOne()
          .map(Instant::ofEpochMilli);
    }
  }

  /** One more than the page was asked for: it tells whether another page follows. */
  static ScheduleResultPage page(
      Handle handle, ScheduleResultFilter filter, @Nullable JournalCursor cursor) {
    String databaseId = filter.databaseId();
    String runId = filter.runId();
    String statement =
        EVIDENCE
            + TABLES
            + OF_SCHEDULE
            + (databaseId == null ? "" : " AND r.database_id = :database_id")
            + (runId == null ? "" : " AND r.run_id = :run_id")
            + (cursor == null ? "" : " AND (r.started_at, r.id) < (:cursor_at, :cursor_id)")
            + NEWEST
            + ":limit";
    try (Query query = handle.createQuery(statement)) {
      ofSchedule(query, filter.scope(), filter.scheduleId()).bind("limit", filter.pageSize() + 1);
      if (databaseId != null) {
        query.bind("database_id", JournalText.key(databaseId));
      }
      if (runId != null) {
        query.bind("run_id", JournalText.of(runId));
      }
      if (cursor != null) {
        query.bind("cursor_at", cursor.atMillis()).bind("cursor_id", JournalText.key(cursor.id()));
      }
      List<ScheduleResult> found =
          query.map((row, context) -> result(row, List.of(), List.of())).list();
      if (found.size() <= filter.pageSize()) {
        return new ScheduleResultPage(found, null);
      }
      List<ScheduleResult> shown = found.subList(0, filter.pageSize());
      ScheduleResult last = shown.get(shown.size() - 1);
      return new ScheduleResultPage(
          shown, new JournalCursor(last.startedAt().toEpochMilli(), last.id()).encode());
    }
  }

  static void forget(Handle handle, Scope scope, String scheduleId) {
    for (String table : List.of("schedule_results", "schedule_successes")) {
      try (Update update =
          handle.createUpdate("DELETE FROM " + table + " AS r WHERE" + OF_SCHEDULE)) {
        ofSchedule(update, scope, scheduleId).execute();
      }
    }
  }

  private static <T extends SqlStatement<T>> T ofSpace(T statement, Scope scope) {
    return statement.bind("tenant_id", scope.tenantId()).bind("space_id", scope.spaceId());
  }

  private static <T extends SqlStatement<T>> T ofSchedule(
      T statement, Scope scope, String scheduleId) {
    return ofSpace(statement, scope).bind("schedule_id", JournalText.key(scheduleId));
  }

  private static <T extends SqlStatement<T>> T ofDatabase(
      T statement, String scheduleId, DatabaseRef database) {
    return ofSchedule(statement, database.scope(), scheduleId)
        .bind("database_id", JournalText.key(database.id()));
  }

  private static KeptResult kept(ResultSet row) throws SQLException {
    return new KeptResult(
        result(row, lines(row.getString("added_lines")), lines(row.getString("removed_lines"))),
        new KeptRows(row.getString("columns_json"), lines(row.getString("row_lines"))));
  }

  private static ScheduleResult result(ResultSet row, List<String> added, List<String> removed)
      throws SQLException {
    String comparedWith = row.getString("compared_with");
    String error = row.getString("error");
    return new ScheduleResult(
        row.getString("id"),
        new Scope(row.getString("tenant_id"), row.getString("space_id")),
        row.getString("schedule_id"),
        row.getString("database_id"),
        row.getString("run_id"),
        row.getInt("writes") != 0,
        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getString("code"),
        row.getString("sha256"),
        Instant.ofEpochMilli(row.getLong("started_at")),
        row.getLong("duration_ms"),
        row.getLong("row_count"),
        row.getInt("truncated") != 0,
        comparedWith == null
            ? null
            : new RowDifference(
                comparedWith,
                row.getInt("difference_exact") != 0,
                row.getLong("added"),
                row.getLong("removed"),
                added,
                removed),
        error == null ? "" : error);
  }

  /** No row has a line feed: JSON writes it as an escape. */
  private static String lines(List<String> rows) {
    return JournalText.whole(String.join("\n", rows));
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
  }
}
