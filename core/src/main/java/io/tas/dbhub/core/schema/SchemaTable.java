package io.tas.dbhub.core.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table or view with all that is known of it. Two of the same content are equal: each list has
 * one order.
 *
 * @param comment null for none
 * @param rows what the target reckons, which changes all the time and is no part of the schema;
 *     null where it does not tell
 * @param columns by position
 * @param keys the primary key first, then by name
 * @param foreignKeys by name
 * @param indexes by name
 */
public record SchemaTable(
    TableName name,
    TableKind kind,
    @Nullable String comment,
    @Nullable Long rows,
    List<SchemaColumn> columns,
    List<SchemaKey> keys,
    List<ForeignKey> foreignKeys,
    List<SchemaIndex> indexes) {
  public SchemaTable {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
    foreignKeys = List.copyOf(foreignKeys);
    indexes = List.copyOf(indexes);
  }
}
