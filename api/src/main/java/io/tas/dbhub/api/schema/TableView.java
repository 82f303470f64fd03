package io.tas.dbhub.api.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.schema.ForeignKey;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaKey;
import io.tas.dbhub.core.schema.SchemaTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table or view with its columns. */
@Schema(name = "Table")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TableView(
    String name,
    String schema,
    @Schema(allowableValues = {"table", "view", "materialized_view", "foreign_table"}) String kind,
    @Schema(description = "What the database reckons; left out where it does not")
        @Nullable Long rowCount,
    @Nullable String comment,
    List<ColumnView> columns,
    List<KeyView> uniqueKeys,
    List<ForeignKeyView> foreignKeys,
    List<IndexView> indexes) {
  static TableView of(SchemaTable table) {
    Optional<SchemaKey> primary = table.keys().stream().filter(SchemaKey::primary).findFirst();
    Set<String> inPrimary = primary.map(key -> Set.copyOf(key.columns())).orElse(Set.of());
    return new TableView(
        table.name().table(),
        table.name().schema(),
        table.kind().wireName(),
        table.rows(),
        table.comment(),
        table.columns().stream()
            .map(column -> ColumnView.of(column, inPrimary.contains(column.name())))
            .toList(),
        table.keys().stream()
            .map(key -> new KeyView(key.name(), key.primary(), key.columns()))
            .toList(),
        table.foreignKeys().stream().map(ForeignKeyView::of).toList(),
        table.indexes().stream()
            .map(index -> new IndexView(index.name(), index.unique(), index.columns()))
            .toList());
  }

  /** A column. */
  @Schema(name = "Column")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ColumnView(
      String name,
      int position,
      @Schema(description = "As the database writes it", example = "character varying(20)")
          String type,
      @Schema(description = "The same for every kind of database", example = "text")
          String normalizedType,
      boolean nullable,
      boolean primaryKey,
      @Schema(name = "default") @JsonProperty("default") @Nullable String defaultValue,
      @Nullable String comment) {
    static ColumnView of(SchemaColumn column, boolean primaryKey) {
      return new ColumnView(
          column.name(),
          column.position(),
          column.type(),
          column.normalized().wireName(),
          column.nullable(),
          primaryKey,
          column.defaultValue(),
          column.comment());
    }
  }

  /** A primary or unique key. */
  @Schema(name = "UniqueKey")
  record KeyView(String name, boolean primary, List<String> columns) {}

  /**
   * A reference to another table.
   *
   * @param referencedColumns empty where the database only says that it is the primary key
   */
  @Schema(name = "ForeignKey")
  record ForeignKeyView(
      String name,
      List<String> columns,
      String referencedSchema,
      String referencedTable,
      List<String> referencedColumns) {
    static ForeignKeyView of(ForeignKey key) {
      return new ForeignKeyView(
          key.name(),
          key.columns(),
          key.references().schema(),
          key.references().table(),
          key.referencedColumns());
    }
  }

  /** An index. */
  @Schema(name = "Index")
  record IndexView(String name, boolean unique, List<String> columns) {}
}
