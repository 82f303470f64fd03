package io.tas.dbhub.benchmark;

import io.tas.dbhub.activities.jdbc.schema.SchemaReader;
import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.activities.schema.TargetSchemaSync;
import io.tas.dbhub.benchmark.SchemaWays.Taken;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.SyncOrder;
import io.tas.dbhub.core.schema.SyncOutcome;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.storage.catalogue.SchemaAgenda;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.InventoryImport;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Whole syncs, from the target into the catalogue of a Neo4j of its own. */
final class SchemaSyncs implements AutoCloseable {
  private static final Scope SCOPE = new Scope("bench", "bench");

  private final SchemaTargets targets;
  private final TemporaryNeo4j neo4j = TemporaryNeo4j.start();
  private final TargetSchemaSync sync;
  private final Map<ResourceRef, SchemaTargets.One> resources = new HashMap<>();
  private final Map<SchemaTargets.One, DatabaseRef> latest = new HashMap<>();

  SchemaSyncs(SchemaTargets targets, SchemaReader reader) {
    this.targets = targets;
    this.sync =
        new TargetSchemaSync(
            new DatabaseInventory(neo4j.driver()),
            new SchemaCatalogue(neo4j.driver()),
            new SchemaAgenda(neo4j.driver()),
            this::connection,
            reader,
            Clock.systemUTC());
  }

  /** Of a database that nothing is known of. */
  Taken first(SchemaTargets.One target) {
    latest.put(target, database(target));
    return sync(target, SyncOutcome.FIRST);
  }

  /** Of one that is as it was. */
  Taken unchanged(SchemaTargets.One target) {
    return sync(target, SyncOutcome.UNCHANGED);
  }

  /** Of one that has a column more than before. */
  Taken changed(SchemaTargets.One target) {
    targets.alter(target);
    return sync(target, SyncOutcome.CHANGED);
  }

  private Taken sync(SchemaTargets.One target, SyncOutcome expected) {
    SyncOrder order = new SyncOrder(Objects.requireNonNull(latest.get(target)), null);
    long begin = System.nanoTime();
    SyncReport report = sync.sync(order, UUID.randomUUID().toString(), 1, () -> {});
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (report.outcome() != expected) {
      throw new EngineException(
          "%s: the sync was to end as %s: %s".formatted(target.name(), expected, report));
    }
    return new Taken(
        report.totals().tables(), report.totals().columns(), report.statements(), seconds);
  }

  private DatabaseRef database(SchemaTargets.One target) {
    String id = UUID.randomUUID().toString();
    ResourceRef resource = new ResourceRef("bench", "db-" + id);
    resources.put(resource, target);
    Instant now = Instant.now();
    Database database =
        new Database(
            new DatabaseDefinition(
                id,
                SCOPE,
                "bench",
                "bench-" + id,
                target.target(),
                new AccessPolicy(true, 1000),
                Map.of("bench", "schema"),
                "",
                "",
                true),
            new ResourceRef("bench", "db-" + id + "-creds"),
            resource,
            DatabaseStatus.CONNECTED,
            "",
            now,
            now,
            now,
            1);
    new InventoryImport(neo4j.driver()).write(List.of(database));
    return database.definition().ref();
  }

  private Connection connection(ResourceRef resource) {
    SchemaTargets.One target = Objects.requireNonNull(resources.get(resource));
    return new Connection.Found(target.target(), target.credentials(), 1, null);
  }

  @Override
  public void close() {
    neo4j.close();
  }
}
