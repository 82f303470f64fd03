package io.tas.dbhub.api.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.schema.ChangeDetail;
import io.tas.dbhub.core.schema.TableChange;
import io.tas.dbhub.storage.catalogue.ChangePage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a version changed, by table. */
@Schema(name = "SchemaChangeList")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChangeListView(long version, List<ChangeView> changes, @Nullable String nextCursor) {
  static ChangeListView of(long version, ChangePage page) {
    return new ChangeListView(
        version, page.changes().stream().map(ChangeView::of).toList(), page.nextCursor());
  }

  /** A table that came, went or changed. */
  @Schema(name = "TableChange")
  record ChangeView(
      String schema,
      String table,
      @Schema(allowableValues = {"added", "removed", "altered"}) String kind,
      @Schema(description = "Of an altered one: in what") List<DetailView> details) {
    static ChangeView of(TableChange change) {
      return new ChangeView(
          change.name().schema(),
          change.name().table(),
          change.kind().wireName(),
          change.details().stream().map(DetailView::of).toList());
    }
  }

  /** A part of a table that changed. */
  @Schema(name = "ChangeDetail")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DetailView(
      @Schema(allowableValues = {"added", "removed", "altered"}) String kind,
      @Schema(allowableValues = {"column", "key", "foreign_key", "index", "table"}) String part,
      String name,
      @Nullable String before,
      @Nullable String after) {
    static DetailView of(ChangeDetail detail) {
      return new DetailView(
          detail.kind().wireName(),
          detail.part().wireName(),
          detail.name(),
          detail.before(),
          detail.after());
    }
  }
}
