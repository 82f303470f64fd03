package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.neo4j.driver.Driver;

/** Databases to try things with. */
public final class Samples {
  private Samples() {}

  /** One that is patient with a busy machine. */
  public static DatabaseInventory inventory(Driver driver, Clock clock) {
    return new DatabaseInventory(driver, clock, Duration.ofMinutes(1));
  }

  /** A scope that no other test uses. */
  public static Scope newScope() {
    return new Scope("tenant-" + UUID.randomUUID(), "space");
  }

  public static DatabaseDefinition definition(Scope scope, String name) {
    return definition(scope, name, DatabaseType.POSTGRES, Map.of());
  }

  public static DatabaseDefinition definition(
      Scope scope, String name, DatabaseType type, Map<String, String> labels) {
    return new DatabaseDefinition(
        UUID.randomUUID().toString(),
        scope,
        "owner",
        name,
        new Target(type, "db.example.com", 5432, "app", SslMode.VERIFY_FULL, 30, 15),
        new AccessPolicy(true, 1000),
        labels,
        "what it is for",
        "#336699",
        true);
  }

  public static ResourceRef secret(DatabaseDefinition definition) {
    return new ResourceRef("dbhub", "db-" + definition.id().substring(0, 8) + "-creds");
  }

  public static ResourceRef resource(DatabaseDefinition definition) {
    return new ResourceRef("dbhub", "db-" + definition.id().substring(0, 8));
  }

  public static Database create(DatabaseInventory inventory, DatabaseDefinition definition) {
    return inventory.create(definition, secret(definition), resource(definition));
  }

  public static HealthReport health(
      Database database, DatabaseStatus status, String message, Instant checkedAt) {
    return new HealthReport(
        database.resource(), database.definition().ref(), status, message, 1, checkedAt);
  }
}
