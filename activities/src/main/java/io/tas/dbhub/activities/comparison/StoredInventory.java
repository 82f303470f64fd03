package io.tas.dbhub.activities.comparison;

import io.tas.dbhub.activities.inventory.InventoryFailures;
import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.health.HealthSample;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.storage.inventory.ConnectionRow;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The inventory in Neo4j. Thread-safe. */
public final class StoredInventory implements ComparedInventory {
  private final DatabaseInventory inventory;
  private final Consumer<HealthSample> history;

  /**
   * @param history takes what a node says of its health; must neither wait nor throw
   */
  public StoredInventory(DatabaseInventory inventory, Consumer<HealthSample> history) {
    this.inventory = inventory;
    this.history = history;
  }

  @Override
  public List<ConnectionRow> nodes(String afterId, int limit) {
    return InventoryFailures.translate(() -> inventory.connections(afterId, limit));
  }

  @Override
  public Optional<ConnectionRow> find(DatabaseRef database) {
    return InventoryFailures.translate(() -> inventory.find(database.scope(), database.id()))
        .map(
            found -> new ConnectionRow(database, found.secret(), found.resource(), found.origin()));
  }

  @Override
  public void release(ConnectionRow node) {
    InventoryFailures.translateVoid(() -> inventory.release(node.database(), node.resource()));
  }

  @Override
  public void recordIncomplete(DatabaseRef database, String message, Instant checkedAt) {
    InventoryFailures.translate(() -> inventory.recordIncomplete(database, message, checkedAt))
        .ifPresent(history);
  }

  @Override
  public void replaceLeftovers(List<Leftover> found, Instant comparedAt) {
    InventoryFailures.translateVoid(() -> inventory.replaceLeftovers(found, comparedAt));
  }
}
