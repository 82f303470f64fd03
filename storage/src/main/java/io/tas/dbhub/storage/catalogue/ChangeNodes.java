package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.schema.TableChange;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.TransactionContext;

/** What a version changed, a node for each table. */
final class ChangeNodes {
  private static final String WRITE =
      """
      UNWIND $changes AS change
      MERGE (h:SchemaChange {tenant_id: $tenant_id, space_id: $space_id,
                             database_id: $database_id, version: $version, key: change.key})
      SET h.schema = change.schema, h.name = change.name, h.kind = change.kind,
          h.details = change.details""";

  private final TableJson json;

  ChangeNodes(TableJson json) {
    this.json = json;
  }

  void write(
      TransactionContext tx,
      DatabaseRef database,
      SchemaVersionRef version,
      List<TableChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    Map<String, Object> parameters = CatalogNode.parameters(database);
    parameters.put("version", version.number());
    parameters.put("changes", changes.stream().map(this::row).toList());
    tx.run(WRITE, parameters).consume();
  }

  private Map<String, Object> row(TableChange change) {
    return Map.of(
        "key",
        TableKey.of(change.name()),
        "schema",
        change.name().schema(),
        "name",
        change.name().table(),
        "kind",
        change.kind().wireName(),
        "details",
        json.details(change.details()));
  }
}
