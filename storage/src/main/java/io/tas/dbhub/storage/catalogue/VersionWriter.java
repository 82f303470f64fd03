package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.SchemaTotals;
import io.tas.dbhub.core.schema.TableChange;
import io.tas.dbhub.storage.inventory.Neo4j;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.types.MapAccessor;

/** Versions: opened, closed, proposed, decided. */
final class VersionWriter {
  private static final int CHANGES_AT_ONCE = 5_000;

  private static final String CREATE =
      """
      MATCH (c:SchemaCatalog {database_id: $database_id})
      WHERE c.tenant_id = $tenant_id AND c.space_id = $space_id
      CREATE (v:SchemaVersion {tenant_id: $tenant_id, space_id: $space_id,
                               database_id: $database_id, number: $number})-[:OF]->(c)
      SET v += $properties""";

  private static final String FIND =
      """
      MATCH (v:SchemaVersion {tenant_id: $tenant_id, space_id: $space_id,
                              database_id: $database_id, number: $number})
      RETURN v""";

  private static final String SET =
      """
      MATCH (v:SchemaVersion {tenant_id: $tenant_id, space_id: $space_id,
                              database_id: $database_id, number: $number})
      SET v += $properties""";

  private static final String DELETE =
      """
      MATCH (v:SchemaVersion {tenant_id: $tenant_id, space_id: $space_id,
                              database_id: $database_id, number: $number})
      DETACH DELETE v""";

  private static final String COUNT =
      """
      MATCH (h:SchemaChange {tenant_id: $tenant_id, space_id: $space_id,
                             database_id: $database_id, version: $number})
      WHERE h.key IS NOT NULL
      RETURN h.kind AS kind, count(*) AS count""";

  private static final String DELETE_CHANGES =
      """
      MATCH (h:SchemaChange {tenant_id: $tenant_id, space_id: $space_id,
                             database_id: $database_id, version: $number})
      WHERE h.key IS NOT NULL
      WITH h LIMIT $limit
      DELETE h
      RETURN count(*) AS count""";

  /** Those that have no table any more. */
  private static final String DELETE_NAMESPACES =
      """
      MATCH (n:SchemaNamespace {tenant_id: $tenant_id, space_id: $space_id,
                                database_id: $database_id})
      WHERE n.key IS NOT NULL AND NOT (n)<-[:IN]-(:SchemaTable)
      DETACH DELETE n""";

  private final Neo4j neo4j;

  VersionWriter(Neo4j neo4j) {
    this.neo4j = neo4j;
  }

  SchemaVersionRef open(Pen pen, String run, Instant now) {
    return neo4j.write(
        tx -> {
          @Nullable SchemaVersionRef writing = writing(tx, pen);
          if (writing != null) {
            set(tx, pen.database(), writing.number(), Map.of("run", run));
            return writing;
          }
          MapAccessor catalog = CatalogNode.lock(tx, pen);
          SchemaVersionRef version = next(catalog, now);
          create(tx, pen, version, run, VersionState.WRITING, null);
          set(tx, pen, "writing", version);
          return version;
        });
  }

  void finish(
      Pen pen,
      SchemaVersionRef version,
      String name,
      SchemaTotals totals,
      String digest,
      Instant syncedAt) {
    DatabaseRef database = pen.database();
    neo4j.write(
        tx -> {
          MapAccessor catalog = CatalogNode.lock(tx, pen);
          if (catalog.get("writing").asLong(0) != version.number()) {
            requireEnded(catalog, version);
            return version;
          }
          ChangeTotals changes =
              version.initial()
                  ? new ChangeTotals(totals.tables(), 0, 0)
                  : changes(tx, database, version.number());
          Map<String, @Nullable Object> properties = CatalogWriter.settled();
          if (version.initial() || changes.all() > 0) {
            set(tx, database, version.number(), applied(changes, digest));
            properties.put("version", version.number());
            properties.put("shown_at", CatalogNode.time(version.foundAt()));
          } else {
            // What a dead attempt wrote was taken back: nothing happened.
            tx.run(DELETE, parameters(database, version.number())).consume();
          }
          decideAwaiting(tx, database, catalog, digest);
          tx.run(DELETE_NAMESPACES, CatalogNode.parameters(database)).consume();
          properties.put("writing", null);
          properties.put("name", name);
          properties.put("tables", totals.tables());
          properties.put("columns", totals.columns());
          properties.put("digest", digest);
          properties.put("rejected_digest", null);
          // What a dead attempt began to propose was told against what was before.
          properties.put("proposing_digest", null);
          properties.put("synced_at", CatalogNode.time(syncedAt));
          properties.put("checked_at", CatalogNode.time(syncedAt));
          CatalogNode.set(tx, database, properties);
          return version;
        });
  }

  /** A finish whose answer was lost is repeated; any other version is not one to finish. */
  private static void requireEnded(MapAccessor catalog, SchemaVersionRef version) {
    if (!catalog.get("writing").isNull() || catalog.get("last").asLong(0) < version.number()) {
      throw new IllegalStateException("version " + version.number() + " is not being written");
    }
  }

  SchemaVersionRef propose(Pen pen, String run, String digest, Instant now) {
    DatabaseRef database = pen.database();
    Long stale =
        neo4j.write(
            tx -> {
              MapAccessor catalog = lockSettled(tx, pen);
              return digest.equals(CatalogNode.text(catalog.get("proposing_digest")))
                  ? null
                  : CatalogNode.number(catalog.get("proposing"));
            });
    if (stale != null) {
      discard(pen, stale);
    }
    return neo4j.write(
        tx -> {
          MapAccessor catalog = lockSettled(tx, pen);
          if (digest.equals(CatalogNode.text(catalog.get("awaiting_digest")))) {
            return ref(find(tx, database, catalog.get("awaiting").asLong()));
          }
          Long proposing = CatalogNode.number(catalog.get("proposing"));
          if (proposing != null) {
            return ref(find(tx, database, proposing));
          }
          SchemaVersionRef version = next(catalog, now);
          create(tx, pen, version, run, VersionState.PROPOSING, digest);
          set(tx, pen, "proposing", version);
          CatalogNode.set(tx, database, Map.of("proposing_digest", digest));
          return version;
        });
  }

  /** What a dead attempt began to propose, and the target is not any more. */
  private void discard(Pen pen, long number) {
    Map<String, Object> parameters = parameters(pen.database(), number);
    parameters.put("limit", CHANGES_AT_ONCE);
    long deleted;
    do {
      deleted =
          neo4j.write(
              tx -> {
                CatalogNode.lock(tx, pen);
                return tx.run(DELETE_CHANGES, parameters).single().get("count").asLong();
              });
    } while (deleted == CHANGES_AT_ONCE);
    neo4j.write(
        tx -> {
          CatalogNode.lock(tx, pen);
          tx.run(DELETE, parameters).consume();
          Map<String, @Nullable Object> nothing = new HashMap<>();
          nothing.put("proposing", null);
          nothing.put("proposing_digest", null);
          CatalogNode.set(tx, pen.database(), nothing);
          return number;
        });
  }

  void await(Pen pen, SchemaVersionRef version, ChangeTotals totals, Instant checkedAt) {
    DatabaseRef database = pen.database();
    neo4j.write(
        tx -> {
          MapAccessor catalog = lockSettled(tx, pen);
          Map<String, @Nullable Object> properties = CatalogWriter.settled();
          properties.putAll(CatalogWriter.drift(catalog, totals, checkedAt));
          if (catalog.get("proposing").asLong(0) == version.number()) {
            replaceAwaiting(tx, database, catalog);
            set(tx, database, version.number(), counts(VersionState.AWAITING, totals));
            properties.put("awaiting_digest", catalog.get("proposing_digest").asString());
            properties.put("proposing", null);
            properties.put("proposing_digest", null);
          } else if (catalog.get("awaiting").asLong(0) == version.number()) {
            properties.put("awaiting_digest", catalog.get("awaiting_digest").asString());
          } else {
            throw new IllegalStateException("version " + version.number() + " is not proposed");
          }
          properties.put("awaiting", version.number());
          CatalogNode.set(tx, database, properties);
          return version;
        });
  }

  void reject(Pen pen, SchemaVersionRef version, String by, String reason, Instant now) {
    DatabaseRef database = pen.database();
    neo4j.write(
        tx -> {
          MapAccessor catalog = CatalogNode.lock(tx, pen);
          if (catalog.get("awaiting").asLong(0) == version.number()) {
            Map<String, @Nullable Object> decided = state(VersionState.REJECTED);
            decided.put("decided_by", by);
            decided.put("decided_at", CatalogNode.time(now));
            decided.put("reason", reason);
            set(tx, database, version.number(), decided);
            Map<String, @Nullable Object> properties = new HashMap<>();
            properties.put("rejected_digest", catalog.get("awaiting_digest").asString());
            properties.put("awaiting", null);
            properties.put("awaiting_digest", null);
            CatalogNode.set(tx, database, properties);
          }
          return version;
        });
  }

  /** The version that is being written, if one is. */
  static @Nullable SchemaVersionRef writing(TransactionContext tx, Pen pen) {
    Long writing = CatalogNode.number(CatalogNode.lock(tx, pen).get("writing"));
    return writing == null ? null : ref(find(tx, pen.database(), writing));
  }

  /**
   * @throws IllegalStateException while a version is being written: it has to be finished first
   */
  static MapAccessor lockSettled(TransactionContext tx, Pen pen) {
    MapAccessor catalog = CatalogNode.lock(tx, pen);
    if (!catalog.get("writing").isNull()) {
      throw new IllegalStateException("a version is being written and has to be finished");
    }
    return catalog;
  }

  /** The target is found to be something else than what waits. */
  static void replaceAwaiting(TransactionContext tx, DatabaseRef database, MapAccessor catalog) {
    decideAwaiting(tx, database, catalog, "");
  }

  private static void decideAwaiting(
      TransactionContext tx, DatabaseRef database, MapAccessor catalog, String applied) {
    Long awaiting = CatalogNode.number(catalog.get("awaiting"));
    if (awaiting != null) {
      boolean same = catalog.get("awaiting_digest").asString().equals(applied);
      set(tx, database, awaiting, state(same ? VersionState.APPROVED : VersionState.REPLACED));
    }
  }

  private static SchemaVersionRef next(MapAccessor catalog, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    Instant last = CatalogNode.instant(catalog.get("last_found_at"));
    Instant foundAt = last == null || at.isAfter(last) ? at : last.plusMillis(1);
    return new SchemaVersionRef(
        catalog.get("last").asLong(0) + 1, foundAt, catalog.get("version").asLong(0) == 0);
  }

  private static void create(
      TransactionContext tx,
      Pen pen,
      SchemaVersionRef version,
      String run,
      VersionState state,
      @Nullable String digest) {
    Map<String, @Nullable Object> properties = state(state);
    properties.put("found_at", CatalogNode.time(version.foundAt()));
    properties.put("run", run);
    properties.put("initial", version.initial());
    properties.put("digest", digest);
    Map<String, Object> parameters = parameters(pen.database(), version.number());
    parameters.put("properties", properties);
    tx.run(CREATE, parameters).consume();
  }

  private static void set(TransactionContext tx, Pen pen, String what, SchemaVersionRef version) {
    CatalogNode.set(
        tx,
        pen.database(),
        Map.of(
            what,
            version.number(),
            "last",
            version.number(),
            "last_found_at",
            CatalogNode.time(version.foundAt())));
  }

  private static void set(
      TransactionContext tx,
      DatabaseRef database,
      long number,
      Map<String, ? extends @Nullable Object> properties) {
    Map<String, Object> parameters = parameters(database, number);
    parameters.put("properties", properties);
    tx.run(SET, parameters).consume();
  }

  private static MapAccessor find(TransactionContext tx, DatabaseRef database, long number) {
    return tx.run(FIND, parameters(database, number)).single().get("v").asNode();
  }

  private static SchemaVersionRef ref(MapAccessor version) {
    return new SchemaVersionRef(
        version.get("number").asLong(),
        version.get("found_at").asZonedDateTime().toInstant(),
        version.get("initial").asBoolean());
  }

  private static ChangeTotals changes(TransactionContext tx, DatabaseRef database, long number) {
    Map<TableChange.Kind, Long> counts = new HashMap<>();
    for (Record row : tx.run(COUNT, parameters(database, number)).list()) {
      counts.put(TableChange.Kind.parse(row.get("kind").asString()), row.get("count").asLong());
    }
    return new ChangeTotals(
        Objects.requireNonNullElse(counts.get(TableChange.Kind.ADDED), 0L),
        Objects.requireNonNullElse(counts.get(TableChange.Kind.REMOVED), 0L),
        Objects.requireNonNullElse(counts.get(TableChange.Kind.ALTERED), 0L));
  }

  private static Map<String, @Nullable Object> applied(ChangeTotals totals, String digest) {
    Map<String, @Nullable Object> properties = counts(VersionState.APPLIED, totals);
    properties.put("digest", digest);
    return properties;
  }

  private static Map<String, @Nullable Object> counts(VersionState state, ChangeTotals totals) {
    Map<String, @Nullable Object> properties = state(state);
    properties.put("added", totals.added());
    properties.put("removed", totals.removed());
    properties.put("altered", totals.altered());
    return properties;
  }

  private static Map<String, @Nullable Object> state(VersionState state) {
    Map<String, @Nullable Object> properties = new HashMap<>();
    properties.put("state", state.wireName());
    return properties;
  }

  private static Map<String, Object> parameters(DatabaseRef database, long number) {
    Map<String, Object> parameters = CatalogNode.parameters(database);
    parameters.put("number", number);
    return parameters;
  }
}
