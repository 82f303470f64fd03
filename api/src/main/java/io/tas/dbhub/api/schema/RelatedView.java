package io.tas.dbhub.api.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.catalogue.RelatedTable;
import java.util.List;

/** The tables that foreign keys lead to from a table, and those from which they lead to it. */
@Schema(name = "RelatedTables")
record RelatedView(String schema, String table, List<Related> related) {
  static RelatedView of(TableName table, List<RelatedTable> found) {
    return new RelatedView(table.schema(), table.table(), found.stream().map(Related::of).toList());
  }

  /** One of them. */
  @Schema(name = "RelatedTable")
  record Related(
      String schema,
      String table,
      @Schema(description = "How many foreign keys away") int distance,
      @Schema(description = "The table before it on the way") String viaSchema,
      String viaTable,
      @Schema(
              description = "referenced: by a key of the one before it; referencing: by its own",
              allowableValues = {"referenced", "referencing"})
          String direction,
      @Schema(description = "The last key of the way") String key,
      List<String> columns,
      List<String> referencedColumns) {
    static Related of(RelatedTable found) {
      return new Related(
          found.table().schema(),
          found.table().table(),
          found.distance(),
          found.via().schema(),
          found.via().table(),
          found.referenced() ? "referenced" : "referencing",
          found.key().name(),
          found.key().columns(),
          found.key().referencedColumns());
    }
  }
}
