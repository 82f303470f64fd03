package io.tas.dbhub.storage.catalogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which tables of a database, and which page of them, by schema and name. A filter that is null
 * filters nothing.
 *
 * @param asOf when they were there; null for now
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param cursor {@link TablePage#nextCursor} of the page before
 */
public record TableQuery(
    @Nullable String schema,
    @Nullable String table,
    @Nullable Instant asOf,
    int limit,
    @Nullable String cursor) {
  public static final int MAX_LIMIT = 1_000;

  public TableQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT);
    }
  }

  /** All tables that are there now. */
  public static TableQuery all(int limit) {
    return new TableQuery(null, null, null, limit, null);
  }

  /** The same, from where another page ended. */
  public TableQuery after(@Nullable String nextCursor) {
    return new TableQuery(schema, table, asOf, limit, nextCursor);
  }
}
