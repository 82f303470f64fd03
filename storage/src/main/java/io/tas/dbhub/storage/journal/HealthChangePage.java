package io.tas.dbhub.storage.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a database's changes of status.
 *
 * @param changes newest first
 * @param nextCursor where the next page begins; null when this is the last
 */
public record HealthChangePage(List<HealthChange> changes, @Nullable String nextCursor) {
  public HealthChangePage {
    changes = List.copyOf(changes);
  }
}
