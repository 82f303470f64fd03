package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableChange;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.inventory.Neo4j;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.types.MapAccessor;

/** Writes what a version does to tables: some at a time, each call a transaction. */
final class TableWriter {
  private static final String FIND =
      """
      UNWIND $keys AS key
      OPTIONAL MATCH (t:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                                     database_id: $database_id, key: key})
      OPTIONAL MATCH (p:PastTable {tenant_id: $tenant_id, space_id: $space_id,
                                   database_id: $database_id, key: key, valid_to: $found_at})
      WHERE p.valid_from IS NOT NULL
      RETURN key, t.digest AS now_digest, t.valid_from AS now_valid_from,
             t.definition AS now_definition, p.digest AS past_digest,
             p.valid_from AS past_valid_from, p.definition AS past_definition""";

  private static final String ESTIMATE =
      """
      UNWIND $rows AS row
      MATCH (t:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                            database_id: $database_id, key: row.key})
      SET t.rows = row.rows""";

  private final Neo4j neo4j;
  private final TableJson json;
  private final TableGraph graph;
  private final ChangeNodes changes;

  TableWriter(Neo4j neo4j, TableJson json) {
    this.neo4j = neo4j;
    this.json = json;
    this.graph = new TableGraph(json);
    this.changes = new ChangeNodes(json);
  }

  void write(Pen pen, SchemaVersionRef version, List<SchemaTable> tables) {
    Map<TableName, @Nullable SchemaTable> wanted = new LinkedHashMap<>();
    tables.forEach(table -> wanted.put(table.name(), table));
    apply(pen, version, wanted);
  }

  void remove(Pen pen, SchemaVersionRef version, List<TableName> tables) {
    Map<TableName, @Nullable SchemaTable> wanted = new LinkedHashMap<>();
    tables.forEach(table -> wanted.put(table, null));
    apply(pen, version, wanted);
  }

  private void apply(
      Pen pen, SchemaVersionRef version, Map<TableName, @Nullable SchemaTable> wanted) {
    neo4j.write(
        tx -> {
          require(CatalogNode.lock(tx, pen), "writing", version);
          List<TableStep> steps =
              steps(tx, pen.database(), version, wanted).stream()
                  .filter(step -> !step.done())
                  .toList();
          DatabaseRef database = pen.database();
          graph.undo(tx, database, version, some(steps, TableStep::touched));
          graph.keepPast(tx, database, version, some(steps, step -> !step.same()));
          graph.remove(tx, database, some(steps, step -> step.wanted() == null));
          graph.write(tx, database, version, some(steps, step -> step.wanted() != null));
          if (!version.initial()) {
            changes.write(tx, database, version, changes(steps));
          }
          return version;
        });
  }

  /** Of a proposal: nothing of the tables is changed. */
  void propose(
      Pen pen,
      SchemaVersionRef version,
      List<SchemaTable> addedOrAltered,
      List<TableName> removed) {
    Map<TableName, @Nullable SchemaTable> wanted = new LinkedHashMap<>();
    addedOrAltered.forEach(table -> wanted.put(table.name(), table));
    removed.forEach(table -> wanted.put(table, null));
    neo4j.write(
        tx -> {
          MapAccessor catalog = VersionWriter.lockSettled(tx, pen);
          if (catalog.get("awaiting").asLong(0) != version.number()) {
            require(catalog, "proposing", version);
            changes.write(
                tx, pen.database(), version, changes(steps(tx, pen.database(), version, wanted)));
          }
          return version;
        });
  }

  void estimates(Pen pen, Map<TableName, Long> rows) {
    List<Map<String, Object>> estimates = new ArrayList<>();
    rows.forEach((name, count) -> estimates.add(Map.of("key", TableKey.of(name), "rows", count)));
    Map<String, Object> parameters = CatalogNode.parameters(pen.database());
    parameters.put("rows", estimates);
    neo4j.write(
        tx -> {
          CatalogNode.lock(tx, pen);
          return tx.run(ESTIMATE, parameters).consume();
        });
  }

  private static void require(MapAccessor catalog, String what, SchemaVersionRef version) {
    if (catalog.get(what).asLong(0) != version.number()) {
      throw new IllegalStateException("version " + version.number() + " is not open");
    }
  }

  private static List<TableStep> steps(
      TransactionContext tx,
      DatabaseRef database,
      SchemaVersionRef version,
      Map<TableName, @Nullable SchemaTable> wanted) {
    Map<String, TableName> names = new HashMap<>();
    wanted.keySet().forEach(name -> names.put(TableKey.of(name), name));
    Map<String, Object> parameters = CatalogNode.parameters(database);
    parameters.put("keys", List.copyOf(names.keySet()));
    parameters.put("found_at", CatalogNode.time(version.foundAt()));
    List<TableStep> steps = new ArrayList<>();
    for (Record row : tx.run(FIND, parameters).list()) {
      TableName name = names.get(row.get("key").asString());
      if (name != null) {
        steps.add(
            TableStep.of(
                version,
                name,
                TableState.of(row, "now"),
                TableState.of(row, "past"),
                wanted.get(name)));
      }
    }
    return steps;
  }

  private List<TableChange> changes(List<TableStep> steps) {
    return steps.stream().filter(step -> !step.same()).map(step -> step.change(json)).toList();
  }

  private static List<TableStep> some(List<TableStep> steps, Predicate<TableStep> which) {
    return steps.stream().filter(which).toList();
  }
}
