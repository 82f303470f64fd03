package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Who asked what. A tenant decides whether the texts of its queries are kept, or their hashes only.
 * Safe for use by several threads and processes; every method throws {@link
 * JournalUnavailableException} when the database cannot do it now.
 */
public final class QueryLog {
  private static final String SET =
      """
      INSERT INTO query_settings (tenant_id, store_text) VALUES (:tenant_id, :store_text)
      ON CONFLICT (tenant_id) DO UPDATE SET store_text = excluded.store_text""";

  /** That nobody pinned it is asked again of the line itself, which may have changed meanwhile. */
  private static final String FORGET =
      """
      DELETE FROM queries WHERE pinned = 0 AND id IN
        (SELECT id FROM queries WHERE pinned = 0 AND started_at < :before
         ORDER BY started_at LIMIT :limit)""";

  private static final String FORGET_TEXTS =
      """
      UPDATE queries SET query_text = NULL, error = '' WHERE id IN
        (SELECT id FROM queries WHERE query_text IS NOT NULL AND tenant_id IN
           (SELECT tenant_id FROM query_settings WHERE store_text = 0)
         LIMIT :limit)""";

  private final Jdbi jdbi;
  private final JournalCalls calls;

  QueryLog(Jdbi jdbi, JournalCalls calls) {
    this.jdbi = jdbi;
    this.calls = calls;
  }

  /**
   * Adds all of them, each with its entry of the audit, or none. What is there already stays as it
   * was first written.
   */
  public void append(List<QueryRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    List<AuditEntry> entries = records.stream().map(QueryRecord::audited).toList();
    calls.run(
        () ->
            jdbi.useTransaction(
                handle -> {
                  QueryTable.append(handle, records);
                  AuditTable.append(handle, entries);
                }));
  }

  /**
   * One page of a space's queries, newest first.
   *
   * @throws IllegalArgumentException if the cursor is not one of the journal
   */
  public QueryPage list(QueryFilter filter) {
    JournalCursor cursor = JournalCursor.decode(filter.cursor());
    return calls.call(() -> jdbi.withHandle(handle -> QueryTable.page(handle, filter, cursor)));
  }

  /**
   * @param actor whose it must be; null for anybody's
   */
  public Optional<PastQuery> find(Scope scope, String id, @Nullable String actor) {
    return calls.call(() -> jdbi.withHandle(handle -> QueryTable.find(handle, scope, id, actor)));
  }

  /**
   * Keeps a query for longer than others, or no longer.
   *
   * @param actor whose it must be; null for anybody's
   * @return whether there is such a query
   */
  public boolean pin(Scope scope, String id, @Nullable String actor, boolean pinned) {
    String statement =
        "UPDATE queries SET pinned = :pinned"
            + " WHERE id = :id AND tenant_id = :tenant_id AND space_id = :space_id"
            + (actor == null ? "" : " AND actor = :actor");
    return change(
            statement,
            update -> {
              update
                  .bind("pinned", pinned ? 1 : 0)
                  .bind("id", JournalText.key(id))
                  .bind("tenant_id", scope.tenantId())
                  .bind("space_id", scope.spaceId());
              if (actor != null) {
                update.bind("actor", JournalText.identity(actor));
              }
            })
        > 0;
  }

  /** Whether the texts of a tenant's queries are kept, or their hashes only. */
  public boolean storesText(String tenantId) {
    return calls.call(
        () ->
            jdbi.withHandle(
                handle ->
                    handle
                            .createQuery(
                                "SELECT count(*) FROM query_settings"
                                    + " WHERE tenant_id = :tenant_id AND store_text = 0")
                            .bind("tenant_id", tenantId)
                            .mapTo(Long.class)
                            .one()
                        == 0));
  }

  /**
   * Decides it for what is written from now on. What is there already {@link #forgetTexts} takes.
   *
   * @param entry that somebody decided it: written with it, or neither is
   */
  public void storeText(String tenantId, boolean storeText, AuditEntry entry) {
    calls.run(
        () ->
            jdbi.useTransaction(
                handle -> {
                  change(
                      handle,
                      SET,
                      update ->
                          update.bind("tenant_id", tenantId).bind("store_text", storeText ? 1 : 0));
                  AuditTable.append(handle, List.of(entry));
                }));
  }

  /**
   * Deletes the oldest that nobody pinned. May be done by several at once.
   *
   * @param atMost so that nobody waits for long meanwhile
   * @return how many there were; fewer than at most when none is left
   */
  public int forget(Instant before, int atMost) {
    return change(
        FORGET, update -> update.bind("before", JournalTimes.millis(before)).bind("limit", atMost));
  }

  /**
   * Deletes the texts that were kept of tenants which have decided that none are, with the errors,
   * which may quote them.
   *
   * @return as of {@link #forget}
   */
  public int forgetTexts(int atMost) {
    return change(FORGET_TEXTS, update -> update.bind("limit", atMost));
  }

  private int change(String statement, Consumer<Update> values) {
    return calls.call(() -> jdbi.withHandle(handle -> change(handle, statement, values)));
  }

  private static int change(Handle handle, String statement, Consumer<Update> values) {
    try (Update update = handle.createUpdate(statement)) {
      values.accept(update);
      return update.execute();
    }
  }
}
