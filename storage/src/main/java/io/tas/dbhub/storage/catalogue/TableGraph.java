package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.schema.ForeignKey;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.TransactionContext;

/** The nodes of tables, of their columns and foreign keys, and what they were. */
final class TableGraph {
  private static final String UNDO_CHANGES =
      """
      UNWIND $keys AS key
      MATCH (h:SchemaChange {tenant_id: $tenant_id, space_id: $space_id,
                             database_id: $database_id, version: $version, key: key})
      DELETE h""";

  private static final String UNDO_PAST =
      """
      UNWIND $keys AS key
      MATCH (p:PastTable {tenant_id: $tenant_id, space_id: $space_id,
                          database_id: $database_id, key: key, valid_to: $found_at})
      WHERE p.valid_from IS NOT NULL
      DELETE p""";

  private static final String KEEP_PAST =
      """
      UNWIND $rows AS row
      CREATE (p:PastTable {tenant_id: $tenant_id, space_id: $space_id,
                           database_id: $database_id, key: row.key, valid_to: $found_at})
      SET p += row.properties""";

  private static final String REMOVE =
      """
      UNWIND $keys AS key
      MATCH (t:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                            database_id: $database_id, key: key})
      OPTIONAL MATCH (t)<-[:IN]-(part)
      DETACH DELETE part, t""";

  private static final String MAKE_NAMESPACES =
      """
      MATCH (c:SchemaCatalog {database_id: $database_id})
      WHERE c.tenant_id = $tenant_id AND c.space_id = $space_id
      UNWIND $rows AS row
      MERGE (n:SchemaNamespace {tenant_id: $tenant_id, space_id: $space_id,
                                database_id: $database_id, key: row.key})
      ON CREATE SET n.name = row.name
      MERGE (n)-[:IN]->(c)""";

  private static final String CREATE =
      """
      UNWIND $rows AS row
      MATCH (n:SchemaNamespace {tenant_id: $tenant_id, space_id: $space_id,
                                database_id: $database_id, key: row.schema_key})
      CREATE (t:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                             database_id: $database_id, key: row.key})-[:IN]->(n)
      SET t += row.properties
      WITH t, row
      UNWIND row.columns AS column
      CREATE (o:SchemaColumn {tenant_id: $tenant_id, space_id: $space_id,
                              database_id: $database_id})-[:IN]->(t)
      SET o += column""";

  private static final String CLEAR =
      """
      UNWIND $rows AS row
      MATCH (t:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                            database_id: $database_id, key: row.key})
      SET t += row.properties
      WITH t
      MATCH (t)<-[:IN]-(part)
      DETACH DELETE part""";

  private static final String UNREFERENCE =
      """
      UNWIND $rows AS row
      MATCH (t:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                            database_id: $database_id, key: row.key})-[r:REFERENCES]->()
      DELETE r""";

  private static final String CREATE_COLUMNS =
      """
      UNWIND $rows AS row
      MATCH (t:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                            database_id: $database_id, key: row.key})
      UNWIND row.columns AS column
      CREATE (o:SchemaColumn {tenant_id: $tenant_id, space_id: $space_id,
                              database_id: $database_id})-[:IN]->(t)
      SET o += column""";

  /** A node of its own, that it is known when the table comes that it references. */
  private static final String CREATE_FOREIGN_KEYS =
      """
      UNWIND $rows AS row
      MATCH (t:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                            database_id: $database_id, key: row.key})
      UNWIND row.foreign_keys AS foreign_key
      CREATE (f:SchemaForeignKey {tenant_id: $tenant_id, space_id: $space_id,
                                  database_id: $database_id,
                                  references: foreign_key.references})-[:IN]->(t)
      SET f += foreign_key.properties
      WITH t, foreign_key
      MATCH (o:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                            database_id: $database_id, key: foreign_key.references})
      CREATE (t)-[r:REFERENCES]->(o)
      SET r += foreign_key.properties""";

  /** References of other tables to those that are new; the new ones' own are there already. */
  private static final String REFERENCE_NEW =
      """
      UNWIND $rows AS row
      MATCH (f:SchemaForeignKey {tenant_id: $tenant_id, space_id: $space_id,
                                 database_id: $database_id, references: row.key})
      MATCH (f)-[:IN]->(t)
      WHERE NOT t.key IN $keys
      MATCH (o:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                            database_id: $database_id, key: row.key})
      CREATE (t)-[r:REFERENCES]->(o)
      SET r.name = f.name, r.columns = f.columns, r.referenced_columns = f.referenced_columns""";

  private final TableJson json;

  TableGraph(TableJson json) {
    this.json = json;
  }

  /** Takes back what an attempt before noted of these tables for this version. */
  void undo(
      TransactionContext tx,
      DatabaseRef database,
      SchemaVersionRef version,
      List<TableStep> steps) {
    if (!steps.isEmpty()) {
      Map<String, Object> parameters = parameters(database, version);
      parameters.put("keys", steps.stream().map(TableStep::key).toList());
      tx.run(UNDO_CHANGES, parameters).consume();
      tx.run(UNDO_PAST, parameters).consume();
    }
  }

  /** What the tables were before the version, where they were. */
  void keepPast(
      TransactionContext tx,
      DatabaseRef database,
      SchemaVersionRef version,
      List<TableStep> steps) {
    List<Map<String, Object>> rows =
        steps.stream().flatMap(step -> Stream.ofNullable(past(step))).toList();
    if (!rows.isEmpty()) {
      Map<String, Object> parameters = parameters(database, version);
      parameters.put("rows", rows);
      tx.run(KEEP_PAST, parameters).consume();
    }
  }

  private static @Nullable Map<String, Object> past(TableStep step) {
    TableState before = step.before();
    return before == null
        ? null
        : Map.of(
            "key",
            step.key(),
            "properties",
            Map.of(
                "schema",
                step.name().schema(),
                "name",
                step.name().table(),
                "valid_from",
                CatalogNode.time(before.validFrom()),
                "digest",
                before.digest(),
                "definition",
                before.definition()));
  }

  void remove(TransactionContext tx, DatabaseRef database, List<TableStep> steps) {
    if (!steps.isEmpty()) {
      Map<String, Object> parameters = CatalogNode.parameters(database);
      parameters.put("keys", steps.stream().map(TableStep::key).toList());
      tx.run(REMOVE, parameters).consume();
    }
  }

  void write(
      TransactionContext tx,
      DatabaseRef database,
      SchemaVersionRef version,
      List<TableStep> steps) {
    if (steps.isEmpty()) {
      return;
    }
    List<Map<String, Object>> added = new ArrayList<>();
    List<Map<String, Object>> altered = new ArrayList<>();
    for (TableStep step : steps) {
      (step.now() == null ? added : altered).add(row(database, version, step));
    }
    Map<String, Object> parameters = parameters(database, version);
    parameters.put("keys", steps.stream().map(TableStep::key).toList());
    parameters.put("rows", namespaces(steps));
    tx.run(MAKE_NAMESPACES, parameters).consume();
    parameters.put("rows", added);
    tx.run(CREATE, parameters).consume();
    parameters.put("rows", altered);
    if (!altered.isEmpty()) {
      tx.run(UNREFERENCE, parameters).consume();
      tx.run(CLEAR, parameters).consume();
      tx.run(CREATE_COLUMNS, parameters).consume();
    }
    parameters.put("rows", Stream.of(added, altered).flatMap(List::stream).toList());
    tx.run(CREATE_FOREIGN_KEYS, parameters).consume();
    parameters.put("rows", added);
    tx.run(REFERENCE_NEW, parameters).consume();
  }

  private static List<Map<String, String>> namespaces(List<TableStep> steps) {
    return steps.stream()
        .map(step -> step.name().schema())
        .distinct()
        .map(schema -> Map.of("key", TableKey.of(schema), "name", schema))
        .toList();
  }

  private Map<String, Object> row(DatabaseRef database, SchemaVersionRef version, TableStep step) {
    SchemaTable table = Objects.requireNonNull(step.wanted());
    Map<String, @Nullable Object> properties =
        new HashMap<>(SearchWords.properties(database.scope(), database.id(), table));
    properties.put("schema", table.name().schema());
    properties.put("name", table.name().table());
    properties.put("kind", table.kind().wireName());
    properties.put("comment", table.comment());
    properties.put("rows", table.rows());
    properties.put("digest", TableDigest.of(table));
    properties.put("valid_from", CatalogNode.time(step.validFrom(version)));
    properties.put("definition", json.definition(table));
    return Map.of(
        "key",
        step.key(),
        "schema_key",
        TableKey.of(table.name().schema()),
        "properties",
        properties,
        "columns",
        rows(table.columns(), TableGraph::column),
        "foreign_keys",
        rows(table.foreignKeys(), TableGraph::foreignKey));
  }

  private static <T> List<Map<String, Object>> rows(
      List<T> parts, Function<T, Map<String, Object>> row) {
    return parts.stream().map(row).toList();
  }

  private static Map<String, Object> column(SchemaColumn column) {
    return Map.of(
        "name",
        column.name(),
        "position",
        column.position(),
        "type",
        column.type(),
        "normalized",
        column.normalized().wireName(),
        "nullable",
        column.nullable());
  }

  private static Map<String, Object> foreignKey(ForeignKey key) {
    return Map.of(
        "references",
        TableKey.of(key.references()),
        "properties",
        Map.of(
            "name",
            key.name(),
            "columns",
            key.columns(),
            "referenced_columns",
            key.referencedColumns()));
  }

  private static Map<String, Object> parameters(DatabaseRef database, SchemaVersionRef version) {
    Map<String, Object> parameters = CatalogNode.parameters(database);
    parameters.put("version", version.number());
    parameters.put("found_at", CatalogNode.time(version.foundAt()));
    return parameters;
  }
}
