package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.schema.TableName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in the catalogue as a sync begins.
 *
 * @param tables those written by a version that is still open included
 * @param writing the version that a dead attempt left open; null for none. It has to be finished,
 *     whatever the policy says by now and whether anything differs any more
 */
public record StoredSchema(
    SchemaState state, Map<TableName, StoredTable> tables, @Nullable SchemaVersionRef writing) {
  public StoredSchema {
    tables = Map.copyOf(tables);
  }
}
