package io.tas.dbhub.storage.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the history.
 *
 * @param queries newest first
 * @param nextCursor where the next page begins; null when this is the last
 */
public record QueryPage(List<PastQuery> queries, @Nullable String nextCursor) {
  public QueryPage {
    queries = List.copyOf(queries);
  }
}
