package io.tas.dbhub.core.schema;

import java.util.List;

/**
 * An index, those of keys included.
 *
 * @param columns names, or expressions as the target writes them, in the index's order
 */
public record SchemaIndex(String name, boolean unique, List<String> columns) {
  public SchemaIndex {
    columns = List.copyOf(columns);
  }
}
