package io.tas.dbhub.api.inventory;

import com.codahale.metrics.health.HealthCheck;
import io.tas.dbhub.storage.inventory.DatabaseInventory;

/** Whether Neo4j answers. */
public final class InventoryHealthCheck extends HealthCheck {
  private final DatabaseInventory inventory;

  public InventoryHealthCheck(DatabaseInventory inventory) {
    this.inventory = inventory;
  }

  @Override
  protected Result check() {
    inventory.ping();
    return Result.healthy();
  }
}
