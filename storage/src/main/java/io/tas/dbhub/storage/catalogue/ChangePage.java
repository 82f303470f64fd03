package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.schema.TableChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param nextCursor where the next page begins; null on the last
 */
public record ChangePage(List<TableChange> changes, @Nullable String nextCursor) {
  public ChangePage {
    changes = List.copyOf(changes);
  }
}
