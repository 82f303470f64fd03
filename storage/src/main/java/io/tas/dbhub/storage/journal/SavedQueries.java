package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Queries that somebody gave a name. Their owner sees and changes them; what is shared everybody of
 * the space sees, and its operators change. Safe for use by several threads and processes; every
 * method throws {@link JournalUnavailableException} when the database cannot do it now.
 */
public final class SavedQueries {
  /** What became of one that was to be written. */
  public enum Written {
    DONE,
    /** There is none that the caller may change. */
    NOT_FOUND,
    /** Another one of its owner in the space has the name. */
    NAME_TAKEN,
    /** Its owner has as many in the space as one may have. */
    TOO_MANY
  }

  /** How many one may have in a space. */
  public static final int MOST = 1000;

  private static final char ESCAPE = '!';

  private static final String OF_SPACE = " tenant_id = :tenant_id AND space_id = :space_id";

  private static final String CREATE =
      """
      INSERT INTO saved_queries (id, tenant_id, space_id, owner, name, description, database_id,
                                 query_text, shared, created_at, updated_at)
      VALUES (:id, :tenant_id, :space_id, :owner, :name, :description, :database_id,
              :query, :shared, :created_at, :updated_at)
      ON CONFLICT DO NOTHING""";

  private static final String REPLACE =
      """
      UPDATE saved_queries SET name = :name, description = :description,
        database_id = :database_id, query_text = :query, shared = :shared,
        updated_at = :updated_at
      WHERE id = :id AND""";

  private static final String NAMESAKES =
      "SELECT count(*) FROM saved_queries WHERE"
          + OF_SPACE
          + " AND owner = :owner AND name = :name AND id <> :id";

  private static final String OWNED =
      "SELECT count(*) FROM saved_queries WHERE" + OF_SPACE + " AND owner = :owner";

  private final Jdbi jdbi;
  private final JournalCalls calls;

  SavedQueries(Jdbi jdbi, JournalCalls calls) {
    this.jdbi = jdbi;
    this.calls = calls;
  }

  /** Of two that take a name at once one is told that it is taken. */
  public Written create(SavedQuery saved) {
    return calls.call(() -> jdbi.inTransaction(handle -> create(handle, saved)));
  }

  private static Written create(Handle handle, SavedQuery saved) {
    if (count(handle, OWNED, saved) >= MOST) {
      return Written.TOO_MANY;
    }
    try (Update update = handle.createUpdate(CREATE)) {
      bind(update, saved)
          .bind("owner", JournalText.identity(saved.owner()))
          .bind("created_at", JournalTimes.millis(saved.createdAt()));
      return update.execute() == 1 ? Written.DONE : Written.NAME_TAKEN;
    }
  }

  /**
   * Writes all of one anew but its owner and when it was made.
   *
   * @param subject who does it
   * @param operator whether they may change what others share
   */
  public Written replace(SavedQuery saved, String subject, boolean operator) {
    return calls.call(
        () -> jdbi.inTransaction(handle -> replace(handle, saved, subject, operator)));
  }

  /** Two that take a name at once: the index lets one through, and the other may try again. */
  private static Written replace(
      Handle handle, SavedQuery saved, String subject, boolean operator) {
    if (count(handle, NAMESAKES, saved) > 0) {
      return Written.NAME_TAKEN;
    }
    try (Update update = handle.createUpdate(REPLACE + OF_SPACE + changedBy(operator))) {
      bind(update, saved).bind("subject", JournalText.identity(subject));
      return update.execute() == 1 ? Written.DONE : Written.NOT_FOUND;
    }
  }

  /**
   * @return whether there was one that they may change
   */
  public boolean delete(Scope scope, String id, String subject, boolean operator) {
    return calls.call(
        () ->
            jdbi.withHandle(
                handle -> {
                  String statement =
                      "DELETE FROM saved_queries WHERE id = :id AND"
                          + OF_SPACE
                          + changedBy(operator);
                  try (Update update = handle.createUpdate(statement)) {
                    seen(update, scope, subject).bind("id", JournalText.key(id));
                    return update.execute() == 1;
                  }
                }));
  }

  /** One that somebody sees. */
  public Optional<SavedQuery> find(Scope scope, String id, String subject) {
    String statement =
        "SELECT * FROM saved_queries WHERE id = :id AND" + OF_SPACE + changedBy(true);
    return calls.call(
        () ->
            jdbi.withHandle(
                handle -> {
                  try (Query query = handle.createQuery(statement)) {
                    seen(query, scope, subject).bind("id", JournalText.key(id));
                    return query.map((row, context) -> saved(row)).findOne();
                  }
                }));
  }

  /**
   * One page of what somebody sees, newest first.
   *
   * @throws IllegalArgumentException if the cursor is not one of the journal
   */
  public SavedQueryPage list(SavedQueryFilter filter) {
    JournalCursor cursor = JournalCursor.decode(filter.cursor());
    return calls.call(() -> jdbi.withHandle(handle -> page(handle, filter, cursor)));
  }

  private static SavedQueryPage page(
      Handle handle, SavedQueryFilter filter, @Nullable JournalCursor cursor) {
    try (Query query = handle.createQuery(statement(filter, cursor))) {
      bind(query, filter, cursor);
      List<SavedQuery> found = query.map((row, context) -> saved(row)).list();
      if (found.size() <= filter.pageSize()) {
        return new SavedQueryPage(found, null);
      }
      List<SavedQuery> shown = found.subList(0, filter.pageSize());
      SavedQuery last = shown.get(shown.size() - 1);
      return new SavedQueryPage(
          shown, new JournalCursor(last.createdAt().toEpochMilli(), last.id()).encode());
    }
  }

  private static String statement(SavedQueryFilter filter, @Nullable JournalCursor cursor) {
    String like = " LIKE lower(:text) ESCAPE '" + ESCAPE + "'";
    return "SELECT * FROM saved_queries WHERE"
        + OF_SPACE
        + changedBy(true)
        + (filter.text() == null
            ? ""
            : " AND (lower(name)%1$s OR lower(description)%1$s OR lower(query_text)%1$s)"
                .formatted(like))
        + (filter.shared() == null ? "" : " AND shared = :shared")
        + (filter.databaseId() == null ? "" : " AND database_id = :database_id")
        + (cursor == null ? "" : " AND (created_at, id) < (:cursor_at, :cursor_id)")
        + " ORDER BY created_at DESC, id DESC LIMIT :limit";
  }

  private static void bind(Query query, SavedQueryFilter filter, @Nullable JournalCursor cursor) {
    seen(query, filter.scope(), filter.subject()).bind("limit", filter.pageSize() + 1);
    String text = filter.text();
    if (text != null) {
      query.bind("text", JournalText.pattern(text, ESCAPE));
    }
    Boolean shared = filter.shared();
    if (shared != null) {
      query.bind("shared", shared ? 1 : 0);
    }
    String databaseId = filter.databaseId();
    if (databaseId != null) {
      query.bind("database_id", JournalText.key(databaseId));
    }
    if (cursor != null) {
      query.bind("cursor_at", cursor.atMillis());
      query.bind("cursor_id", JournalText.key(cursor.id()));
    }
  }

  /** Who sees one; and who changes it, where they may change what others share. */
  private static String changedBy(boolean operator) {
    return operator ? " AND (owner = :subject OR shared = 1)" : " AND owner = :subject";
  }

  private static long count(Handle handle, String statement, SavedQuery saved) {
    try (Query query = handle.createQuery(statement)) {
      query
          .bind("tenant_id", saved.scope().tenantId())
          .bind("space_id", saved.scope().spaceId())
          .bind("owner", JournalText.identity(saved.owner()));
      if (statement.equals(NAMESAKES)) {
        query.bind("name", JournalText.key(saved.name())).bind("id", JournalText.key(saved.id()));
      }
      return query.mapTo(Long.class).one();
    }
  }

  private static <T extends SqlStatement<T>> T seen(T statement, Scope scope, String subject) {
    return statement
        .bind("tenant_id", scope.tenantId())
        .bind("space_id", scope.spaceId())
        .bind("subject", JournalText.identity(subject));
  }

  private static Update bind(Update update, SavedQuery saved) {
    String databaseId = saved.databaseId();
    return update
        .bind("id", JournalText.key(saved.id()))
        .bind("tenant_id", saved.scope().tenantId())
        .bind("space_id", saved.scope().spaceId())
        .bind("name", JournalText.key(saved.name()))
        .bind("description", JournalText.of(saved.description()))
        .bind("database_id", databaseId == null ? null : JournalText.key(databaseId))
        .bind("query", JournalText.query(saved.query()))
        .bind("shared", saved.shared() ? 1 : 0)
        .bind("updated_at", JournalTimes.millis(saved.updatedAt()));
  }

  private static SavedQuery saved(ResultSet row) throws SQLException {
    return new SavedQuery(
        row.getString("id"),
        new Scope(row.getString("tenant_id"), row.getString("space_id")),
        row.getString("owner"),
        row.getString("name"),
        row.getString("description"),
        row.getString("database_id"),
        row.getString("query_text"),
        row.getInt("shared") != 0,
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }
}
