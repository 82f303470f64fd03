package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.audit.AuditOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which of a tenant's entries. A filter that is null filters nothing.
 *
 * @param spaceId entries of one space; null for all of the tenant's
 * @param from entries of this moment and later
 * @param to entries before this moment
 * @param pageSize 1 to {@value #MAX_PAGE_SIZE}
 * @param cursor {@link AuditPage#nextCursor} of the page before
 */
public record AuditQuery(
    String tenantId,
    @Nullable String spaceId,
    @Nullable String actor,
    @Nullable String action,
    @Nullable String objectId,
    @Nullable AuditOutcome outcome,
    @Nullable Instant from,
    @Nullable Instant to,
    int pageSize,
    @Nullable String cursor) {
  public static final int MAX_PAGE_SIZE = 100;

  public AuditQuery {
    if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("page_size is 1 to " + MAX_PAGE_SIZE);
    }
  }

  /** All entries of a tenant. */
  public static AuditQuery of(String tenantId, int pageSize) {
    return new AuditQuery(tenantId, null, null, null, null, null, null, null, pageSize, null);
  }

  /** The same, from where another page ended. */
  public AuditQuery after(@Nullable String nextCursor) {
    return new AuditQuery(
        tenantId, spaceId, actor, action, objectId, outcome, from, to, pageSize, nextCursor);
  }
}
