package io.tas.dbhub.storage.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param nextCursor where the next page begins; null on the last
 */
public record TablePage(List<CataloguedTable> tables, @Nullable String nextCursor) {
  public TablePage {
    tables = List.copyOf(tables);
  }
}
