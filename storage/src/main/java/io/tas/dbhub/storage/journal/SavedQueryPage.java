package io.tas.dbhub.storage.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of saved queries.
 *
 * @param queries newest first
 * @param nextCursor where the next page begins; null when this is the last
 */
public record SavedQueryPage(List<SavedQuery> queries, @Nullable String nextCursor) {
  public SavedQueryPage {
    queries = List.copyOf(queries);
  }
}
