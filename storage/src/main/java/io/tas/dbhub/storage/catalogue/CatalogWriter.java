package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.SchemaPolicy;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.inventory.CatalogueRemoval;
import io.tas.dbhub.storage.inventory.Neo4j;
import io.tas.dbhub.storage.inventory.NotInInventoryException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.types.MapAccessor;

/** What is known of a catalogue as a whole: who writes it, how old it is, what went wrong. */
final class CatalogWriter {
  private static final String FIND =
      """
      MATCH (d:Database {id: $database_id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      OPTIONAL MATCH (c:SchemaCatalog {database_id: $database_id})
      WHERE c.tenant_id = $tenant_id AND c.space_id = $space_id
      RETURN c, d.schema_policy AS policy""";

  /** Locks the database first, as its deletion does. */
  private static final String TAKE =
      """
      MATCH (d:Database {id: $database_id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      SET d.crd_name = d.crd_name
      MERGE (c:SchemaCatalog {database_id: $database_id})
      ON CREATE SET c.tenant_id = $tenant_id, c.space_id = $space_id
      MERGE (c)-[:OF]->(d)
      SET c.writer = coalesce($holder, c.writer)
      RETURN c.database_id""";

  private static final String SET_POLICY =
      """
      MATCH (d:Database {id: $database_id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      SET d.schema_policy = $policy
      RETURN d.id""";

  private static final String STORED =
      """
      MATCH (t:SchemaTable)
      WHERE t.tenant_id = $tenant_id AND t.space_id = $space_id
        AND t.database_id = $database_id AND t.key IS NOT NULL
      RETURN t.schema AS schema, t.name AS name, t.digest AS digest, t.rows AS rows""";

  private final Neo4j reading;
  private final Neo4j neo4j;
  private final CatalogueRemoval removal;

  /**
   * @param reading for what callers wait for
   */
  CatalogWriter(Neo4j reading, Neo4j neo4j, CatalogueRemoval removal) {
    this.reading = reading;
    this.neo4j = neo4j;
    this.removal = removal;
  }

  Pen take(DatabaseRef database, String holder) {
    if (!make(database, holder)) {
      throw new NotInInventoryException();
    }
    return new Pen(database, holder);
  }

  /** What an earlier database of this id may have left is not in a new catalogue. */
  private boolean make(DatabaseRef database, @Nullable String holder) {
    if (neo4j.read(tx -> find(tx, database)).isEmpty()) {
      removal.clear(database);
    }
    Map<String, @Nullable Object> parameters = new HashMap<>(CatalogNode.parameters(database));
    parameters.put("holder", holder);
    return neo4j.write(tx -> !tx.run(TAKE, parameters).list().isEmpty());
  }

  private static Optional<MapAccessor> find(TransactionContext tx, DatabaseRef database) {
    return tx.run(FIND, CatalogNode.parameters(database)).stream()
        .findFirst()
        .filter(row -> !row.get("c").isNull())
        .map(row -> row.get("c").asNode());
  }

  Optional<SchemaState> state(Scope scope, String databaseId) {
    return reading.read(tx -> state(tx, scope, databaseId));
  }

  private static Optional<SchemaState> state(
      TransactionContext tx, Scope scope, String databaseId) {
    return tx.run(FIND, CatalogNode.parameters(scope, databaseId)).stream()
        .findFirst()
        .map(
            row ->
                CatalogNode.state(
                    row.get("c").isNull() ? row : row.get("c").asNode(),
                    CatalogNode.policy(row.get("policy"))));
  }

  boolean setPolicy(Scope scope, String databaseId, SchemaPolicy policy) {
    Map<String, Object> parameters = CatalogNode.parameters(scope, databaseId);
    parameters.put("policy", policy.wireName());
    return neo4j.write(tx -> !tx.run(SET_POLICY, parameters).list().isEmpty());
  }

  StoredSchema stored(Pen pen) {
    DatabaseRef database = pen.database();
    return neo4j.write(
        tx -> {
          @Nullable SchemaVersionRef writing = VersionWriter.writing(tx, pen);
          // Of names and digests only, and each schema's name once: there may be 100,000.
          Map<TableName, StoredTable> tables = new HashMap<>();
          Map<String, String> schemas = new HashMap<>();
          tx.run(STORED, CatalogNode.parameters(database))
              .forEachRemaining(
                  row -> {
                    String schema = row.get("schema").asString();
                    tables.put(
                        new TableName(
                            schemas.computeIfAbsent(schema, same -> same),
                            row.get("name").asString()),
                        new StoredTable(
                            row.get("digest").asString(), CatalogNode.number(row.get("rows"))));
                  });
          SchemaState state =
              state(tx, database.scope(), database.id())
                  .orElseThrow(() -> new PenLostException(database));
          return new StoredSchema(state, tables, writing);
        });
  }

  void unchanged(Pen pen, Instant syncedAt) {
    neo4j.write(
        tx -> {
          MapAccessor catalog = VersionWriter.lockSettled(tx, pen);
          VersionWriter.replaceAwaiting(tx, pen.database(), catalog);
          Map<String, @Nullable Object> properties = settled();
          properties.put("synced_at", CatalogNode.time(syncedAt));
          properties.put("checked_at", CatalogNode.time(syncedAt));
          CatalogNode.set(tx, pen.database(), properties);
          return pen;
        });
  }

  void ignored(Pen pen, ChangeTotals drift, Instant checkedAt) {
    neo4j.write(
        tx -> {
          MapAccessor catalog = VersionWriter.lockSettled(tx, pen);
          VersionWriter.replaceAwaiting(tx, pen.database(), catalog);
          Map<String, @Nullable Object> properties = settled();
          properties.putAll(drift(catalog, drift, checkedAt));
          CatalogNode.set(tx, pen.database(), properties);
          return pen;
        });
  }

  void failed(DatabaseRef database, String code, String message, Instant at) {
    if (!make(database, null)) {
      return;
    }
    neo4j.write(
        tx -> {
          Instant checked =
              find(tx, database)
                  .map(catalog -> CatalogNode.instant(catalog.get("checked_at")))
                  .orElse(null);
          if (checked == null || !checked.isAfter(at)) {
            Map<String, @Nullable Object> properties = new HashMap<>();
            properties.put("failure_code", code);
            properties.put("failure_message", message);
            properties.put("failed_at", CatalogNode.time(at));
            CatalogNode.set(tx, database, properties);
          }
          return database;
        });
  }

  /** In what the target differs, and since when: of one that differed before, since then. */
  static Map<String, @Nullable Object> drift(
      MapAccessor catalog, ChangeTotals drift, Instant checkedAt) {
    Instant since = CatalogNode.instant(catalog.get("drift_since"));
    Map<String, @Nullable Object> properties = new HashMap<>();
    properties.put("drift_added", drift.added());
    properties.put("drift_removed", drift.removed());
    properties.put("drift_altered", drift.altered());
    properties.put("drift_since", CatalogNode.time(since == null ? checkedAt : since));
    properties.put("checked_at", CatalogNode.time(checkedAt));
    return properties;
  }

  /** Takes away what a sync that went well knows better: failure, drift, what waited. */
  static Map<String, @Nullable Object> settled() {
    Map<String, @Nullable Object> properties = new HashMap<>();
    for (String property :
        new String[] {
          "failure_code",
          "failure_message",
          "failed_at",
          "drift_added",
          "drift_removed",
          "drift_altered",
          "drift_since",
          "awaiting",
          "awaiting_digest"
        }) {
      properties.put(property, null);
    }
    return properties;
  }
}
