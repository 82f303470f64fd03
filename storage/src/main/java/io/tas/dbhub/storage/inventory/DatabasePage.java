package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.Database;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param total databases that the filters let through, on all pages
 * @param nextCursor where the next page begins; null on the last
 */
public record DatabasePage(List<Database> databases, long total, @Nullable String nextCursor) {
  public DatabasePage {
    databases = List.copyOf(databases);
  }
}
