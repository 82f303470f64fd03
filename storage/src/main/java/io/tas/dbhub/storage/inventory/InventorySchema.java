package io.tas.dbhub.storage.inventory;

import java.util.List;
import org.neo4j.driver.Driver;

/**
 * The constraints and indexes that the inventory's promises rest on: unique names, and pages read
 * in an index's order.
 */
public final class InventorySchema {
  private static final List<String> STATEMENTS =
      List.of(
          "CREATE CONSTRAINT database_id IF NOT EXISTS FOR (d:Database) REQUIRE d.id IS UNIQUE",
          """
          CREATE CONSTRAINT database_name IF NOT EXISTS
          FOR (d:Database) REQUIRE (d.tenant_id, d.space_id, d.name) IS UNIQUE""",
          // What the filters look at stands in the index behind the order, so that neither a deep
          // page nor a count touches a node that is not shown.
          """
          CREATE RANGE INDEX database_by_created_at IF NOT EXISTS
          FOR (d:Database)
          ON (d.tenant_id, d.space_id, d.created_at, d.id, d.name, d.status, d.type)""",
          """
          CREATE RANGE INDEX database_by_name IF NOT EXISTS
          FOR (d:Database) ON (d.tenant_id, d.space_id, d.name, d.id, d.status, d.type)""",
          """
          CREATE RANGE INDEX database_label_by_created_at IF NOT EXISTS
          FOR (l:DatabaseLabel)
          ON (l.tenant_id, l.space_id, l.key, l.value, l.created_at, l.id, l.name)""",
          """
          CREATE RANGE INDEX database_label_by_name IF NOT EXISTS
          FOR (l:DatabaseLabel)
          ON (l.tenant_id, l.space_id, l.key, l.value, l.name, l.id)""",
          // Only those that not everybody in the space sees.
          """
          CREATE RANGE INDEX database_restricted IF NOT EXISTS
          FOR (d:Database) ON (d.tenant_id, d.space_id, d.restricted)""",
          """
          CREATE CONSTRAINT dbhub_instance IF NOT EXISTS
          FOR (i:DBHubInstance) REQUIRE (i.namespace, i.name) IS UNIQUE""",
          """
          CREATE CONSTRAINT leftover IF NOT EXISTS
          FOR (l:Leftover)
          REQUIRE (l.tenant_id, l.space_id, l.database_id, l.what) IS UNIQUE""",
          """
          CREATE RANGE INDEX leftover_by_found_at IF NOT EXISTS
          FOR (l:Leftover) ON (l.tenant_id, l.space_id, l.found_at)""",
          "CALL db.awaitIndexes(300)");

  private final Neo4j neo4j;

  public InventorySchema(Driver driver) {
    this.neo4j = new Neo4j(driver, DatabaseInventory.LIMIT);
  }

  /**
   * Creates what is missing and waits until it can be used. May be repeated, also by several
   * processes at once.
   *
   * @throws InventoryUnavailableException if Neo4j is not there
   */
  public void ensure() {
    STATEMENTS.forEach(neo4j::runAlone);
  }
}
