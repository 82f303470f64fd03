package io.tas.dbhub.core.schema;

import java.util.List;

/**
 * A reference to another table's key.
 *
 * @param columns in the key's order
 * @param referencedColumns of the same order; empty where the target only says that it is the
 *     primary key
 */
public record ForeignKey(
    String name, List<String> columns, TableName references, List<String> referencedColumns) {
  public ForeignKey {
    columns = List.copyOf(columns);
    referencedColumns = List.copyOf(referencedColumns);
  }
}
