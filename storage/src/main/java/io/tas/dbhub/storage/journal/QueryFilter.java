package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a space's queries. A filter that is null filters nothing.
 *
 * @param actor whose; null for everybody's
 * @param text what the query's text contains, in upper or lower case
 * @param outcomes how it ended, one of these; empty for all
 * @param from queries that began at this moment or later
 * @param to queries that began before this moment
 * @param pageSize 1 to {@value #MAX_PAGE_SIZE}
 * @param cursor {@link QueryPage#nextCursor} of the page before
 */
public record QueryFilter(
    Scope scope,
    @Nullable String actor,
    @Nullable String databaseId,
    @Nullable String text,
    Set<QueryOutcome> outcomes,
    @Nullable Instant from,
    @Nullable Instant to,
    int pageSize,
    @Nullable String cursor) {
  public static final int MAX_PAGE_SIZE = 100;

  public QueryFilter {
    outcomes = Set.copyOf(outcomes);
    if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("page_size is 1 to " + MAX_PAGE_SIZE);
    }
  }

  /** All of somebody's, or of everybody's where the actor is null. */
  public static QueryFilter of(Scope scope, @Nullable String actor, int pageSize) {
    return new QueryFilter(scope, actor, null, null, Set.of(), null, null, pageSize, null);
  }

  /** The same, from where another page ended. */
  public QueryFilter after(@Nullable String nextCursor) {
    return new QueryFilter(
        scope, actor, databaseId, text, outcomes, from, to, pageSize, nextCursor);
  }

  /** In one order, so that the same filter is the same statement. */
  Set<QueryOutcome> orderedOutcomes() {
    return outcomes.isEmpty() ? outcomes : EnumSet.copyOf(outcomes);
  }
}
