package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.DatabaseRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionContext;

/**
 * Takes a database's schema catalogue away. First the node that every write of it locks: no sync
 * that runs at the same time can write any more. Then the rest, some at a time, since there may be
 * a million nodes.
 */
public final class CatalogueRemoval {
  /** With all their columns, of which there may be 1,600 each. */
  private static final int TABLES = 100;

  private static final int NODES = 5_000;

  /** Callers have some seconds more, and come again. */
  private static final Duration LIMIT = Duration.ofSeconds(8);

  /** One whose database is there stays. */
  private static final String CLOSE =
      """
      MATCH (c:SchemaCatalog {database_id: $id})
      WHERE c.tenant_id = $tenant_id AND c.space_id = $space_id
        AND NOT EXISTS {
          MATCH (d:Database {id: $id})
          WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
        }
      DETACH DELETE c""";

  /** With nodes that only tables lead to. A new database of the same id keeps its own. */
  private static final String DELETE_TABLES =
      """
      MATCH (t:SchemaTable {tenant_id: $tenant_id, space_id: $space_id, database_id: $id})
      WHERE t.key IS NOT NULL AND NOT EXISTS {
        MATCH (c:SchemaCatalog {database_id: $id})
        WHERE c.tenant_id = $tenant_id AND c.space_id = $space_id
      }
      WITH t LIMIT $limit
      OPTIONAL MATCH (t)<-[:IN]-(part)
      DETACH DELETE part
      WITH DISTINCT t
      DETACH DELETE t
      RETURN count(*) AS count""";

  private static final String DELETE_NODES =
      """
      MATCH (n:%s {tenant_id: $tenant_id, space_id: $space_id, database_id: $id})
      WHERE n.%s IS NOT NULL%s AND NOT EXISTS {
        MATCH (c:SchemaCatalog {database_id: $id})
        WHERE c.tenant_id = $tenant_id AND c.space_id = $space_id
      }
      WITH n LIMIT $limit
      DETACH DELETE n
      RETURN count(*) AS count""";

  /** In an order in which nothing is left that nothing leads to. */
  private static final List<Batch> BATCHES =
      List.of(
          new Batch(DELETE_TABLES, TABLES),
          nodes("SchemaNamespace", "key", ""),
          nodes("PastTable", "key", " AND n.valid_to IS NOT NULL AND n.valid_from IS NOT NULL"),
          nodes("SchemaChange", "version", " AND n.key IS NOT NULL"),
          nodes("SchemaVersion", "number", ""));

  private record Batch(String statement, int limit) {}

  private final Neo4j neo4j;

  public CatalogueRemoval(Driver driver) {
    this(new Neo4j(driver, DatabaseInventory.LIMIT));
  }

  CatalogueRemoval(Neo4j neo4j) {
    this.neo4j = neo4j;
  }

  static List<String> statements() {
    return BATCHES.stream().map(Batch::statement).toList();
  }

  private static Batch nodes(String label, String key, String indexed) {
    return new Batch(DELETE_NODES.formatted(label, key, indexed), NODES);
  }

  /** In the transaction that takes the database away. */
  static void close(TransactionContext tx, DatabaseRef database) {
    tx.run(CLOSE, DatabaseNodes.parameters(database.scope(), database.id())).consume();
  }

  /**
   * Takes all away of a catalogue whose database is gone; that of one that is there stays.
   *
   * @throws InventoryUnavailableException if there is more than can be done now: it is to be
   *     repeated
   */
  public void remove(DatabaseRef database) {
    neo4j.write(
        tx -> {
          close(tx, database);
          return database;
        });
    clear(database);
  }

  /**
   * Takes everything away that is left of a catalogue, and nothing of one that is there.
   *
   * @throws InventoryUnavailableException if there is more than can be done now: it is to be
   *     repeated
   */
  public void clear(DatabaseRef database) {
    long begin = System.nanoTime();
    for (Batch batch : BATCHES) {
      while (deleted(database, batch) == batch.limit()) {
        if (System.nanoTime() - begin > LIMIT.toNanos()) {
          throw new InventoryUnavailableException(
              new IllegalStateException("there is more of the catalogue to delete"));
        }
      }
    }
  }

  private long deleted(DatabaseRef database, Batch batch) {
    Map<String, Object> parameters =
        Map.of(
            "tenant_id",
            database.scope().tenantId(),
            "space_id",
            database.scope().spaceId(),
            "id",
            database.id(),
            "limit",
            batch.limit());
    return neo4j.write(tx -> tx.run(batch.statement(), parameters).single().get("count").asLong());
  }
}
