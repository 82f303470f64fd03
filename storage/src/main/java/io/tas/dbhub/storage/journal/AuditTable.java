package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The statements of the journal. Every value is bound, and every look-up names a tenant. */
final class AuditTable {
  private static final String APPEND =
      """
      INSERT INTO audit (id, at, tenant_id, space_id, actor, action, object_id, object_name,
                         outcome, operation, detail, source)
      VALUES (:id, :at, :tenant_id, :space_id, :actor, :action, :object_id, :object_name,
              :outcome, :operation, :detail, :source)
      ON CONFLICT (id) DO NOTHING""";

  private static final String PING = "SELECT count(*) FROM audit WHERE id = ''";

  private final Jdbi jdbi;

  AuditTable(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void append(List<AuditEntry> entries) {
    if (!entries.isEmpty()) {
      jdbi.useTransaction(handle -> append(handle, entries));
    }
  }

  /** As part of a transaction. */
  static void append(Handle handle, List<AuditEntry> entries) {
    // In one order: of two that append the same entries at once, none waits for the other's turn.
    List<AuditEntry> ordered =
        entries.stream().sorted(Comparator.comparing(AuditEntry::id)).toList();
    try (PreparedBatch batch = handle.prepareBatch(APPEND)) {
      ordered.forEach(entry -> add(batch, entry));
      batch.execute();
    }
  }

  private static void add(PreparedBatch batch, AuditEntry entry) {
    String operation = entry.operation();
    batch
        .bind("id", JournalText.key(entry.id()))
        .bind("at", entry.at().toEpochMilli())
        .bind("tenant_id", entry.scope().tenantId())
        .bind("space_id", entry.scope().spaceId())
        .bind("actor", JournalText.of(entry.actor()))
        .bind("action", JournalText.of(entry.action()))
        .bind("object_id", JournalText.key(entry.objectId()))
        .bind("object_name", JournalText.of(entry.objectName()))
        .bind("outcome", entry.outcome().wireName())
        .bind("operation", operation == null ? null : JournalText.of(operation))
        .bind("detail", JournalText.of(entry.detail()))
        .bind("source", JournalText.of(entry.source()))
        .add();
  }

  AuditPage list(AuditQuery query) {
    JournalCursor cursor = JournalCursor.decode(query.cursor());
    return jdbi.withHandle(handle -> page(handle, query, cursor));
  }

  /** One more than the page was asked for: it tells whether another page follows. */
  private static AuditPage page(Handle handle, AuditQuery query, @Nullable JournalCursor cursor) {
    try (Query statement = handle.createQuery(statement(query, cursor))) {
      bind(statement, query, cursor);
      List<AuditEntry> found = statement.map((row, context) -> entry(row)).list();
      if (found.size() <= query.pageSize()) {
        return new AuditPage(found, null);
      }
      List<AuditEntry> shown = found.subList(0, query.pageSize());
      return new AuditPage(shown, after(shown.get(shown.size() - 1)));
    }
  }

  private static String after(AuditEntry last) {
    return new JournalCursor(last.at().toEpochMilli(), last.id()).encode();
  }

  /** Made of fixed parts: which of them are there is all that a query changes. */
  private static String statement(AuditQuery query, @Nullable JournalCursor cursor) {
    return "SELECT * FROM audit WHERE tenant_id = :tenant_id"
        + (query.spaceId() == null ? "" : " AND space_id = :space_id")
        + (query.actor() == null ? "" : " AND actor = :actor")
        + (query.action() == null ? "" : " AND action = :action")
        + (query.objectId() == null ? "" : " AND object_id = :object_id")
        + (query.outcome() == null ? "" : " AND outcome = :outcome")
        + (query.from() == null ? "" : " AND at >= :from")
        + (query.to() == null ? "" : " AND at < :to")
        + (cursor == null ? "" : " AND (at, id) < (:cursor_at, :cursor_id)")
        + " ORDER BY at DESC, id DESC LIMIT :limit";
  }

  private static void bind(Query statement, AuditQuery query, @Nullable JournalCursor cursor) {
    statement.bind("tenant_id", JournalText.of(query.tenantId()));
    statement.bind("limit", query.pageSize() + 1);
    bindText(statement, "space_id", query.spaceId());
    bindText(statement, "actor", query.actor());
    bindText(statement, "action", query.action());
    String objectId = query.objectId();
    if (objectId != null) {
      statement.bind("object_id", JournalText.key(objectId));
    }
    AuditOutcome outcome = query.outcome();
    if (outcome != null) {
      statement.bind("outcome", outcome.wireName());
    }
    JournalTimes.bind(statement, "from", query.from());
    JournalTimes.bind(statement, "to", query.to());
    if (cursor != null) {
      statement.bind("cursor_at", cursor.atMillis());
      statement.bind("cursor_id", JournalText.key(cursor.id()));
    }
  }

  private static void bindText(Query statement, String name, @Nullable String value) {
    if (value != null) {
      statement.bind(name, JournalText.of(value));
    }
  }

  void ping() {
    jdbi.useHandle(handle -> handle.createQuery(PING).mapTo(Long.class).one());
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        new Scope(row.getString("tenant_id"), row.getString("space_id")),
        row.getString("actor"),
        row.getString("action"),
        row.getString("object_id"),
        row.getString("object_name"),
        AuditOutcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
        row.getString("operation"),
        row.getString("detail"),
        row.getString("source"));
  }
}
