package io.tas.dbhub.storage.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param nextCursor null on the last page
 */
public record BatchPage(List<Batch> batches, @Nullable String nextCursor) {
  public BatchPage {
    batches = List.copyOf(batches);
  }
}
