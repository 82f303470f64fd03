package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Which of the saved queries that somebody sees: their own, and what is shared in the space. A
 * filter that is null filters nothing.
 *
 * @param subject who looks
 * @param text what name, description or query contain, in upper or lower case
 * @param pageSize 1 to {@value QueryFilter#MAX_PAGE_SIZE}
 * @param cursor {@link SavedQueryPage#nextCursor} of the page before
 */
public record SavedQueryFilter(
    Scope scope,
    String subject,
    @Nullable String text,
    @Nullable Boolean shared,
    @Nullable String databaseId,
    int pageSize,
    @Nullable String cursor) {
  public SavedQueryFilter {
    if (pageSize < 1 || pageSize > QueryFilter.MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("page_size is 1 to " + QueryFilter.MAX_PAGE_SIZE);
    }
  }

  /** All that somebody sees. */
  public static SavedQueryFilter of(Scope scope, String subject, int pageSize) {
    return new SavedQueryFilter(scope, subject, null, null, null, pageSize, null);
  }

  /** The same, from where another page ended. */
  public SavedQueryFilter after(@Nullable String nextCursor) {
    return new SavedQueryFilter(scope, subject, text, shared, databaseId, pageSize, nextCursor);
  }
}
