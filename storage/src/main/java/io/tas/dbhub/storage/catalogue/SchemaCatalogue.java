package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.SchemaPolicy;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.SchemaTotals;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.inventory.CatalogueRemoval;
import io.tas.dbhub.storage.inventory.InventorySchema;
import io.tas.dbhub.storage.inventory.InventoryUnavailableException;
import io.tas.dbhub.storage.inventory.Neo4j;
import io.tas.dbhub.storage.inventory.NotInInventoryException;
import io.tas.dbhub.storage.inventory.Onlooker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;

/**
 * What tables there are in which database, what they were, and how they refer to each other. Safe
 * for use by several threads. {@link InventorySchema#ensure} must have run once.
 *
 * <p>A sync writes in steps: it takes the pen, opens a version, writes and removes tables some
 * hundred at a time, and finishes. Each step is a transaction and may be repeated; what is shown
 * changes with the last. An attempt that goes on where another died finds its version open. Every
 * step that needs the pen throws {@link PenLostException} when another attempt has it, or the
 * database is gone.
 *
 * <p>Every method throws {@link InventoryUnavailableException} when Neo4j cannot do it now.
 */
public final class SchemaCatalogue {
  private static final Duration READ_LIMIT = Duration.ofSeconds(5);
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);

  private final CatalogWriter catalogs;
  private final VersionWriter versions;
  private final TableWriter tables;
  private final TableListing listing;
  private final VersionListing history;
  private final RelatedTables related;
  private final TableSearch search;
  private final CatalogueRemoval removal;

  /**
   * @param driver best from {@link io.tas.dbhub.storage.inventory.InventoryDriver}; the caller
   *     closes it
   */
  public SchemaCatalogue(Driver driver) {
    this(driver, READ_LIMIT);
  }

  SchemaCatalogue(Driver driver, Duration readLimit) {
    Neo4j reading = new Neo4j(driver, readLimit);
    Neo4j writing = new Neo4j(driver, WRITE_LIMIT);
    TableJson json = new TableJson();
    this.removal = new CatalogueRemoval(driver);
    this.catalogs = new CatalogWriter(reading, writing, removal);
    this.versions = new VersionWriter(writing);
    this.tables = new TableWriter(writing, json);
    this.listing = new TableListing(reading, json);
    this.history = new VersionListing(reading, json);
    this.related = new RelatedTables(reading);
    this.search = new TableSearch(reading, json);
  }

  /**
   * Takes the pen from whoever had it.
   *
   * @param holder different for each attempt
   * @throws NotInInventoryException if there is no such database in the scope
   */
  public Pen take(DatabaseRef database, String holder) {
    return catalogs.take(database, holder);
  }

  /** What is there to compare the target with. */
  public StoredSchema stored(Pen pen) {
    return catalogs.stored(pen);
  }

  /**
   * Opens the version that is written now, or finds the one that a dead attempt left open.
   *
   * @param run which finds the change
   */
  public SchemaVersionRef open(Pen pen, String run, Instant now) {
    return versions.open(pen, run, now);
  }

  /** Tables that were added or altered: best a few hundred at a time. */
  public void write(Pen pen, SchemaVersionRef version, List<SchemaTable> tables) {
    this.tables.write(pen, version, tables);
  }

  /** Tables that are not there any more; any number at a time that is bounded. */
  public void remove(Pen pen, SchemaVersionRef version, List<TableName> tables) {
    this.tables.remove(pen, version, tables);
  }

  /** What the target reckons of rows, and nothing else. */
  public void estimates(Pen pen, Map<TableName, Long> rows) {
    tables.estimates(pen, rows);
  }

  /**
   * Closes the version: it is what the catalogue shows from now on. One that came to nothing,
   * because what a dead attempt wrote was taken back, leaves none. What waited for a person is
   * decided thereby.
   *
   * @param name the target's own
   * @param digest of all tables
   */
  public void finish(
      Pen pen,
      SchemaVersionRef version,
      String name,
      SchemaTotals totals,
      String digest,
      Instant syncedAt) {
    versions.finish(pen, version, name, totals, digest, syncedAt);
  }

  /**
   * The target is what the catalogue says: failure, drift and what waited are no more.
   *
   * @throws IllegalStateException while a version is being written
   */
  public void unchanged(Pen pen, Instant syncedAt) {
    catalogs.unchanged(pen, syncedAt);
  }

  /**
   * Opens what is to wait for a person, or finds what a dead attempt left of the same. If the same
   * waits already, it is that, and the next two steps do nothing.
   *
   * @param digest of the whole schema that was found
   * @throws IllegalStateException while a version is being written
   */
  public SchemaVersionRef propose(Pen pen, String run, String digest, Instant now) {
    return versions.propose(pen, run, digest, now);
  }

  /** Adds changes to what is to wait; no table is changed. Best a few hundred at a time. */
  public void proposed(
      Pen pen,
      SchemaVersionRef version,
      List<SchemaTable> addedOrAltered,
      List<TableName> removed) {
    tables.propose(pen, version, addedOrAltered, removed);
  }

  /** Now it waits, in place of what waited before. */
  public void await(Pen pen, SchemaVersionRef version, ChangeTotals totals, Instant checkedAt) {
    versions.await(pen, version, totals, checkedAt);
  }

  /**
   * Somebody does not want what waits: its digest is remembered. Does nothing if that version does
   * not wait any more.
   */
  public void reject(Pen pen, SchemaVersionRef version, String by, String reason, Instant now) {
    versions.reject(pen, version, by, reason, now);
  }

  /**
   * The target differs, and the catalogue stays as it is.
   *
   * @throws IllegalStateException while a version is being written
   */
  public void ignored(Pen pen, ChangeTotals drift, Instant checkedAt) {
    catalogs.ignored(pen, drift, checkedAt);
  }

  /**
   * A sync failed; what is in the catalogue stays. Does nothing when the database is gone, or the
   * target was read later than that.
   *
   * @param code the type of the failure
   */
  public void failed(DatabaseRef database, String code, String message, Instant at) {
    catalogs.failed(database, code, message, at);
  }

  /** Empty for another scope's database, as for one that does not exist. */
  public Optional<SchemaState> state(Scope scope, String databaseId) {
    return catalogs.state(scope, databaseId);
  }

  /**
   * What becomes of a change from the next sync on. May be said before the first.
   *
   * @return false if there is no such database in the scope
   */
  public boolean setPolicy(Scope scope, String databaseId, SchemaPolicy policy) {
    return catalogs.setPolicy(scope, databaseId, policy);
  }

  /**
   * Names of schemas that have tables.
   *
   * @param asOf when; null for now
   */
  public List<String> schemas(Scope scope, String databaseId, @Nullable Instant asOf) {
    return listing.schemas(scope, databaseId, asOf);
  }

  /**
   * A page of tables, by schema and name.
   *
   * @throws IllegalArgumentException if the cursor is none
   */
  public TablePage tables(Scope scope, String databaseId, TableQuery query) {
    return listing.tables(scope, databaseId, query);
  }

  /**
   * A page of versions, newest first. One that is still being written is not among them.
   *
   * @param from when they were found, or later; null for any time
   * @param to before which they were found; null for any time
   * @param limit 1 to {@value TableQuery#MAX_LIMIT}
   * @param cursor {@link VersionPage#nextCursor} of the page before; null for the first page
   * @throws IllegalArgumentException if the cursor is none
   */
  public VersionPage versions(
      Scope scope,
      String databaseId,
      @Nullable Instant from,
      @Nullable Instant to,
      int limit,
      @Nullable String cursor) {
    return history.versions(scope, databaseId, from, to, limit, cursor);
  }

  /**
   * A page of what a version changed, by schema and name of the tables. Nothing of the initial one.
   *
   * @param limit 1 to {@value TableQuery#MAX_LIMIT}
   * @param cursor {@link ChangePage#nextCursor} of the page before; null for the first page
   * @throws IllegalArgumentException if the cursor is none
   */
  public ChangePage changes(
      Scope scope, String databaseId, long version, int limit, @Nullable String cursor) {
    return history.changes(scope, databaseId, version, limit, cursor);
  }

  /**
   * Tables that foreign keys lead to, in either direction, nearest first; at most 500.
   *
   * @param depth how many keys away, 1 to 5
   */
  public List<RelatedTable> related(Scope scope, String databaseId, TableName table, int depth) {
    return related.related(scope, databaseId, table, depth);
  }

  /**
   * Tables and databases of the scope in which all words are found, as words or as beginnings of
   * some. Best are those whose name is what is looked for, then those that have a word of it; after
   * them come columns, then beginnings, then comments. What the onlooker does not see is left out.
   *
   * @param text split into words as names are; nothing in it has another meaning
   * @param limit of tables, and of databases; 1 to 100
   */
  public SearchPage search(Scope scope, Onlooker onlooker, String text, int limit) {
    return search.search(scope, onlooker, text, limit);
  }

  /**
   * Takes away all that is left of the catalogue of a database that is gone; that of one that is in
   * the inventory stays. {@link io.tas.dbhub.storage.inventory.DatabaseInventory#delete} does the
   * same.
   */
  public void delete(DatabaseRef database) {
    removal.remove(database);
  }
}
