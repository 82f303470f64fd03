package io.tas.dbhub.api.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.storage.catalogue.SearchPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found, the best first. */
@Schema(name = "SearchAnswer")
record SearchView(List<DatabaseHit> databases, List<TableHit> tables) {
  static SearchView of(SearchPage page) {
    return new SearchView(
        page.databases().stream().map(hit -> new DatabaseHit(hit.id(), hit.name())).toList(),
        page.tables().stream().map(TableHit::of).toList());
  }

  /** A database whose name has the words. */
  @Schema(name = "DatabaseHit")
  record DatabaseHit(String id, String name) {}

  /** A table that has the words in its name, its columns' or the comments. */
  @Schema(name = "TableHit")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TableHit(
      String databaseId,
      String database,
      String schema,
      String table,
      @Schema(allowableValues = {"table", "view", "materialized_view", "foreign_table"})
          String kind,
      @Nullable String comment,
      @Schema(description = "Those that have any of the words") List<ColumnHit> columns) {
    static TableHit of(SearchPage.TableHit hit) {
      return new TableHit(
          hit.database().id(),
          hit.database().name(),
          hit.table().schema(),
          hit.table().table(),
          hit.kind().wireName(),
          hit.comment(),
          hit.columns().stream().map(ColumnHit::of).toList());
    }
  }

  /** A column. */
  @Schema(name = "ColumnHit")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ColumnHit(String name, String type, @Nullable String comment) {
    static ColumnHit of(SchemaColumn column) {
      return new ColumnHit(column.name(), column.type(), column.comment());
    }
  }
}
