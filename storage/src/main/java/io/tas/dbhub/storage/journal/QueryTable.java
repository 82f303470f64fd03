package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.audit.AskedQuery;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the history. Every value is bound, and every look-up names tenant and space.
 */
final class QueryTable {
  /** An error may quote the text, so it goes where the text goes. */
  private static final String APPEND =
      """
      INSERT INTO queries (id, tenant_id, space_id, actor, source, channel, database_id,
                           database_name, query_text, sha256, started_at, duration_ms, row_count,
                           truncated, outcome, error)
      VALUES (:id, :tenant_id, :space_id, :actor, :source, :channel, :database_id,
              :database_name, CASE WHEN %1$s THEN NULL ELSE :text END, :sha256, :started_at,
              :duration_ms, :row_count, :truncated, :outcome,
              CASE WHEN %1$s THEN '' ELSE :error END)
      ON CONFLICT (id) DO NOTHING"""
          .formatted(
              "EXISTS (SELECT 1 FROM query_settings"
                  + " WHERE tenant_id = :tenant_id AND store_text = 0)");

  private static final char ESCAPE = '!';

  private QueryTable() {}

  /** One that is there already stays as it was first written. */
  static void append(Handle handle, List<QueryRecord> records) {
    // In one order: of two that append the same at once, none waits for the other's turn.
    List<QueryRecord> ordered =
        records.stream().sorted(Comparator.comparing(record -> record.asked().id())).toList();
    try (PreparedBatch batch = handle.prepareBatch(APPEND)) {
      ordered.forEach(record -> add(batch, record));
      batch.execute();
    }
  }

  private static void add(PreparedBatch batch, QueryRecord record) {
    AskedQuery asked = record.asked();
    String text = asked.text();
    batch
        .bind("id", JournalText.key(asked.id()))
        .bind("tenant_id", asked.scope().tenantId())
        .bind("space_id", asked.scope().spaceId())
        .bind("actor", JournalText.identity(asked.actor()))
        .bind("source", JournalText.of(asked.source()))
        .bind("channel", asked.channel().wireName())
        .bind("database_id", JournalText.key(asked.databaseId()))
        .bind("database_name", JournalText.of(asked.databaseName()))
        .bind("text", text == null ? null : JournalText.query(text))
        .bind("sha256", asked.sha256())
        .bind("started_at", JournalTimes.millis(asked.startedAt()))
        .bind("duration_ms", record.durationMs())
        .bind("row_count", record.rows())
        .bind("truncated", record.truncated() ? 1 : 0)
        .bind("outcome", record.outcome().wireName())
        .bind("error", JournalText.of(record.error()))
        .add();
  }

  /** One more than the page was asked for: it tells whether another page follows. */
  static QueryPage page(Handle handle, QueryFilter filter, @Nullable JournalCursor cursor) {
    try (Query statement = handle.createQuery(statement(filter, cursor))) {
      bind(statement, filter, cursor);
      List<PastQuery> found = statement.map((row, context) -> query(row)).list();
      if (found.size() <= filter.pageSize()) {
        return new QueryPage(found, null);
      }
      List<PastQuery> shown = found.subList(0, filter.pageSize());
      AskedQuery last = shown.get(shown.size() - 1).query().asked();
      return new QueryPage(
          shown, new JournalCursor(last.startedAt().toEpochMilli(), last.id()).encode());
    }
  }

  /** Made of fixed parts: which of them are there is all that a filter changes. */
  private static String statement(QueryFilter filter, @Nullable JournalCursor cursor) {
    StringBuilder outcomes = new StringBuilder();
    for (QueryOutcome outcome : filter.orderedOutcomes()) {
      outcomes.append(outcomes.isEmpty() ? "'" : ", '").append(outcome.wireName()).append('\'');
    }
    return "SELECT * FROM queries WHERE tenant_id = :tenant_id AND space_id = :space_id"
        + (filter.actor() == null ? "" : " AND actor = :actor")
        + (filter.databaseId() == null ? "" : " AND database_id = :database_id")
        + (filter.text() == null
            ? ""
            : " AND lower(query_text) LIKE lower(:text) ESCAPE '" + ESCAPE + "'")
        + (outcomes.isEmpty() ? "" : " AND outcome IN (" + outcomes + ")")
        + (filter.from() == null ? "" : " AND started_at >= :from")
        + (filter.to() == null ? "" : " AND started_at < :to")
        + (cursor == null ? "" : " AND (started_at, id) < (:cursor_at, :cursor_id)")
        + " ORDER BY started_at DESC, id DESC LIMIT :limit";
  }

  private static void bind(Query statement, QueryFilter filter, @Nullable JournalCursor cursor) {
    statement.bind("tenant_id", filter.scope().tenantId());
    statement.bind("space_id", filter.scope().spaceId());
    statement.bind("limit", filter.pageSize() + 1);
    String actor = filter.actor();
    if (actor != null) {
      statement.bind("actor", JournalText.identity(actor));
    }
    String databaseId = filter.databaseId();
    if (databaseId != null) {
      statement.bind("database_id", JournalText.key(databaseId));
    }
    String text = filter.text();
    if (text != null) {
      statement.bind("text", JournalText.pattern(text, ESCAPE));
    }
    JournalTimes.bind(statement, "from", filter.from());
    JournalTimes.bind(statement, "to", filter.to());
    if (cursor != null) {
      statement.bind("cursor_at", cursor.atMillis());
      statement.bind("cursor_id", JournalText.key(cursor.id()));
    }
  }

  static Optional<PastQuery> find(Handle handle, Scope scope, String id, @Nullable String actor) {
    try (Query statement =
        handle.createQuery(
            "SELECT * FROM queries"
                + " WHERE id = :id AND tenant_id = :tenant_id AND space_id = :space_id"
                + (actor == null ? "" : " AND actor = :actor"))) {
      statement
          .bind("id", JournalText.key(id))
          .bind("tenant_id", scope.tenantId())
          .bind("space_id", scope.spaceId());
      if (actor != null) {
        statement.bind("actor", JournalText.identity(actor));
      }
      return statement.map((row, context) -> query(row)).findOne();
    }
  }

  private static PastQuery query(ResultSet row) throws SQLException {
    AskedQuery asked =
        new AskedQuery(
            row.getString("id"),
            new Scope(row.getString("tenant_id"), row.getString("space_id")),
            row.getString("actor"),
            row.getString("source"),
            QueryChannel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
            row.getString("database_id"),
            row.getString("database_name"),
            row.getString("query_text"),
            row.getString("sha256"),
            Instant.ofEpochMilli(row.getLong("started_at")));
    return new PastQuery(
        asked.ended(
            QueryOutcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
            row.getLong("duration_ms"),
            row.getLong("row_count"),
            row.getInt("truncated") != 0,
            row.getString("error")),
        row.getInt("pinned") != 0);
  }
}
