package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.storage.journal.BatchPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param nextCursor not there on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "BatchList")
public record BatchListView(List<BatchView> batches, @Nullable String nextCursor) {
  static BatchListView of(BatchPage page) {
    return new BatchListView(
        page.batches().stream().map(BatchView::brief).toList(), page.nextCursor());
  }
}
