package io.tas.dbhub.storage.inventory;

import java.util.List;
import org.neo4j.driver.Driver;

/**
 * The constraints and indexes that the promises of inventory and schema catalogue rest on: unique
 * names, pages read in an index's order, words found.
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
          CREATE RANGE INDEX database_schema_due IF NOT EXISTS
          FOR (d:Database) ON (d.schema_due)""",
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
          "CREATE CONSTRAINT schema_catalog IF NOT EXISTS"
              + " FOR (c:SchemaCatalog) REQUIRE c.database_id IS UNIQUE",
          """
          CREATE CONSTRAINT schema_namespace IF NOT EXISTS
          FOR (n:SchemaNamespace)
          REQUIRE (n.tenant_id, n.space_id, n.database_id, n.key) IS UNIQUE""",
          """
          CREATE CONSTRAINT schema_table IF NOT EXISTS
          FOR (t:SchemaTable)
          REQUIRE (t.tenant_id, t.space_id, t.database_id, t.key) IS UNIQUE""",
          """
          CREATE RANGE INDEX schema_foreign_key IF NOT EXISTS
          FOR (f:SchemaForeignKey) ON (f.tenant_id, f.space_id, f.database_id, f.references)""",
          """
          CREATE RANGE INDEX past_table IF NOT EXISTS
          FOR (p:PastTable)
          ON (p.tenant_id, p.space_id, p.database_id, p.key, p.valid_to, p.valid_from)""",
          """
          CREATE CONSTRAINT schema_version IF NOT EXISTS
          FOR (v:SchemaVersion)
          REQUIRE (v.tenant_id, v.space_id, v.database_id, v.number) IS UNIQUE""",
          """
          CREATE CONSTRAINT schema_change IF NOT EXISTS
          FOR (h:SchemaChange)
          REQUIRE (h.tenant_id, h.space_id, h.database_id, h.version, h.key) IS UNIQUE""",
          // The words in it are ours, apart from white space; see SearchWords.
          """
          CREATE FULLTEXT INDEX schema_words IF NOT EXISTS
          FOR (t:SchemaTable)
          ON EACH [t.search_place, t.search_name, t.search_name_words, t.search_name_starts,
                   t.search_columns, t.search_column_words, t.search_column_starts,
                   t.search_comments, t.search_comment_starts]
          OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}""",
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
