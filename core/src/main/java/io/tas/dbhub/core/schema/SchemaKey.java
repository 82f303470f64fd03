package io.tas.dbhub.core.schema;

import java.util.List;

/**
 * A primary or unique key.
 *
 * @param columns in the key's order
 */
public record SchemaKey(String name, boolean primary, List<String> columns) {
  public SchemaKey {
    columns = List.copyOf(columns);
  }
}
