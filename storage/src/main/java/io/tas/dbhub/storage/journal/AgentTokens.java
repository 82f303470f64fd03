package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
 * The tokens that agents have. One that was revoked is gone; what was done with it is in the audit.
 * Safe for use by several threads and processes; every method throws {@link
 * JournalUnavailableException} when the database cannot do it now.
 */
public final class AgentTokens {
  /** How many that still hold one may have in a space; of several issued at once a few more. */
  public static final int MOST = 100;

  /** How long one that does not hold any more is still shown. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final String FORGET = "DELETE FROM agent_tokens WHERE expires_at < :before";

  private static final String HELD =
      """
      SELECT count(*) FROM agent_tokens
      WHERE tenant_id = :tenant_id AND space_id = :space_id AND subject = :subject
        AND expires_at > :now""";

  private static final String CREATE =
      """
      INSERT INTO agent_tokens (id, secret_hash, tenant_id, space_id, subject, role, name, level,
                                databases, created_at, expires_at)
      VALUES (:id, :secret_hash, :tenant_id, :space_id, :subject, :role, :name, :level,
              :databases, :created_at, :expires_at)""";

  private static final String FIND = "SELECT * FROM agent_tokens WHERE id = :id";

  private static final String OF_SPACE =
      " FROM agent_tokens WHERE tenant_id = :tenant_id AND space_id = :space_id";

  private static final String OWN = " AND subject = :subject";

  private final Jdbi jdbi;
  private final JournalCalls calls;

  AgentTokens(Jdbi jdbi, JournalCalls calls) {
    this.jdbi = jdbi;
    this.calls = calls;
  }

  /**
   * @return false when its subject has as many as one may have
   */
  public boolean create(AgentToken token) {
    return calls.call(() -> jdbi.inTransaction(handle -> create(handle, token)));
  }

  private static boolean create(Handle handle, AgentToken token) {
    try (Update forget = handle.createUpdate(FORGET);
        Query held = handle.createQuery(HELD);
        Update create = handle.createUpdate(CREATE)) {
      forget.bind("before", token.createdAt().minus(KEPT).toEpochMilli()).execute();
      long has =
          of(held, token.scope())
              .bind("subject", token.subject())
              .bind("now", token.createdAt().toEpochMilli())
              .mapTo(Long.class)
              .one();
      if (has >= MOST) {
        return false;
      }
      List<String> databases = token.databases();
      of(create, token.scope())
          .bind("id", token.id())
          .bind("secret_hash", token.secretHash())
          .bind("subject", token.subject())
          .bind("role", token.role())
          .bind("name", token.name())
          .bind("level", token.level().wireName())
          .bind("databases", databases == null ? null : String.join(" ", databases))
          .bind("created_at", token.createdAt().toEpochMilli())
          .bind("expires_at", token.expiresAt().toEpochMilli())
          .execute();
      return true;
    }
  }

  /** For finding out who asks: of any tenant, and also one that does not hold any more. */
  public Optional<AgentToken> find(String id) {
    return calls.call(
        () ->
            jdbi.withHandle(
                handle -> {
                  try (Query query = handle.createQuery(FIND)) {
                    return query.bind("id", id).map((row, context) -> token(row)).findOne();
                  }
                }));
  }

  /**
   * A space's tokens, newest first.
   *
   * @param subject whose; null for everybody's
   * @param page from 1
   */
  public AgentTokenPage list(Scope scope, @Nullable String subject, int page, int pageSize) {
    String of = OF_SPACE + (subject == null ? "" : OWN);
    return calls.call(
        () ->
            jdbi.withHandle(
                handle -> {
                  try (Query rows =
                          handle.createQuery(
                              "SELECT *"
                                  + of
                                  + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :skip");
                      Query count = handle.createQuery("SELECT count(*)" + of)) {
                    bind(rows, scope, subject)
                        .bind("limit", pageSize)
                        .bind("skip", (page - 1L) * pageSize);
                    bind(count, scope, subject);
                    return new AgentTokenPage(
                        rows.map((row, context) -> token(row)).list(),
                        count.mapTo(Long.class).one());
                  }
                }));
  }

  /**
   * Takes one away: whoever looks for it from now on finds none.
   *
   * @param subject whose it must be; null for anybody's
   * @return whether there was one
   */
  public boolean revoke(Scope scope, String id, @Nullable String subject) {
    String statement = "DELETE" + OF_SPACE + " AND id = :id" + (subject == null ? "" : OWN);
    return calls.call(
        () ->
            jdbi.withHandle(
                handle -> {
                  try (Update update = handle.createUpdate(statement)) {
                    return bind(update, scope, subject).bind("id", id).execute() == 1;
                  }
                }));
  }

  private static <T extends SqlStatement<T>> T bind(
      T statement, Scope scope, @Nullable String subject) {
    return subject == null ? of(statement, scope) : of(statement, scope).bind("subject", subject);
  }

  private static <T extends SqlStatement<T>> T of(T statement, Scope scope) {
    return statement.bind("tenant_id", scope.tenantId()).bind("space_id", scope.spaceId());
  }

  private static AgentToken token(ResultSet row) throws SQLException {
    String databases = row.getString("databases");
    return new AgentToken(
        row.getString("id"),
        row.getString("secret_hash"),
        new Scope(row.getString("tenant_id"), row.getString("space_id")),
        row.getString("subject"),
        row.getString("role"),
        row.getString("name"),
        AccessLevel.fromWireName(row.getString("level"))
            .orElseThrow(() -> new IllegalStateException("a token has an unknown level")),
        databases == null ? null : List.of(databases.split(" ")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")));
  }
}
