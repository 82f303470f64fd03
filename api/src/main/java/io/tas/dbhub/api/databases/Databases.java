package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import java.time.Duration;

/** Puts the parts of this package together. */
public final class Databases {
  private Databases() {}

  /**
   * @param answerWithin after which an operation that is still going is answered with 202
   * @param testWithin after which a test that is still going is answered with 504
   */
  public static DatabasesResource resource(
      TemporalGateway temporal,
      DatabaseInventory inventory,
      CredentialSealer sealer,
      Duration answerWithin,
      Duration testWithin) {
    return new DatabasesResource(
        inventory,
        new DatabaseCreation(temporal, inventory, sealer, answerWithin),
        new DatabaseRemoval(temporal, answerWithin),
        new ConnectionChecks(temporal, sealer, testWithin));
  }
}
