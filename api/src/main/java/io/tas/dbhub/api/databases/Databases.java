package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.HealthLog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Puts the parts of this package together. */
public final class Databases {
  private Databases() {}

  /**
   * @param answerWithin after which an operation that is still going is answered with 202
   * @param testWithin after which a test that is still going is answered with 504
   */
  public static List<Object> resources(
      TemporalGateway temporal,
      DatabaseInventory inventory,
      HealthLog health,
      CredentialSealer sealer,
      Duration answerWithin,
      Duration testWithin) {
    DatabaseLookup databases = new DatabaseLookup(inventory);
    DatabaseRemoval removal = new DatabaseRemoval(temporal, answerWithin);
    return List.of(
        new DatabasesResource(
            inventory,
            databases,
            new DatabaseCreation(temporal, inventory, sealer, answerWithin),
            removal,
            new ConnectionChecks(temporal, sealer, testWithin)),
        new DatabaseChangesResource(
            databases,
            new DatabaseUpdate(temporal, sealer, answerWithin),
            new CredentialRotation(temporal, sealer, answerWithin),
            new DatabaseRepair(temporal, sealer, answerWithin)),
        new GrantsResource(databases, new GrantChanges(inventory, databases)),
        new HealthHistoryResource(databases, health, Clock.systemUTC()),
        new LeftoversResource(inventory, databases, removal));
  }
}
