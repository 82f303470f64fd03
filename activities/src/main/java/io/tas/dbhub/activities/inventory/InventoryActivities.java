package io.tas.dbhub.activities.inventory;

import io.tas.dbhub.core.adoption.AdoptDatabase;
import io.tas.dbhub.core.adoption.AdoptedNodes;
import io.tas.dbhub.core.adoption.ReleaseDatabase;
import io.tas.dbhub.core.comparison.LeftoverInventory;
import io.tas.dbhub.core.comparison.Leftovers;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.HealthSample;
import io.tas.dbhub.core.health.InventoryHealth;
import io.tas.dbhub.core.instance.ServingInventory;
import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.provision.CreateInventoryNode;
import io.tas.dbhub.core.provision.InventoryNodes;
import io.tas.dbhub.core.provision.ServingInstances;
import io.tas.dbhub.core.rotate.ServedDatabase;
import io.tas.dbhub.core.rotate.ServingChecks;
import io.tas.dbhub.core.update.FoundDatabase;
import io.tas.dbhub.core.update.InventoryChanges;
import io.tas.dbhub.core.update.UpdateInventoryNode;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import java.util.function.Consumer;

/**
 * What workflows write into the inventory. Stateless but for what it is given, and safe for use by
 * several threads.
 */
public final class InventoryActivities
    implements InventoryNodes,
        InventoryChanges,
        InventoryHealth,
        ServingInventory,
        ServingChecks,
        LeftoverInventory,
        AdoptedNodes {
  private final DatabaseInventory inventory;
  private final Consumer<HealthSample> history;

  /**
   * @param history takes what a node says of its health; must neither wait nor throw
   */
  public InventoryActivities(DatabaseInventory inventory, Consumer<HealthSample> history) {
    this.inventory = inventory;
    this.history = history;
  }

  @Override
  public Database createNode(CreateInventoryNode request) {
    return InventoryFailures.translate(
        () ->
            request.again()
                ? inventory.createAgain(request.definition(), request.secret(), request.resource())
                : inventory.create(request.definition(), request.secret(), request.resource()));
  }

  @Override
  public void deleteNode(DatabaseRef database) {
    InventoryFailures.translateVoid(() -> inventory.delete(database));
  }

  @Override
  public FoundDatabase findDatabase(DatabaseRef database) {
    return InventoryFailures.translate(
        () -> new FoundDatabase(inventory.find(database.scope(), database.id()).orElse(null)));
  }

  @Override
  public Database updateNode(UpdateInventoryNode request) {
    return InventoryFailures.translate(
        () -> inventory.update(request.definition(), request.expectedRevision()));
  }

  @Override
  public void restoreNode(Database before) {
    InventoryFailures.translateVoid(() -> inventory.restore(before));
  }

  @Override
  public ServingInstances findServingInstances(DatabaseRef database) {
    return InventoryFailures.translate(
        () -> new ServingInstances(inventory.servingInstances(database)));
  }

  @Override
  public void recordHealth(HealthReport report) {
    InventoryFailures.translate(() -> inventory.recordHealth(report)).ifPresent(history);
  }

  @Override
  public void recordServing(ServingReport report) {
    InventoryFailures.translateVoid(() -> inventory.recordServing(report));
  }

  @Override
  public void forgetInstance(ResourceRef instance) {
    InventoryFailures.translateVoid(() -> inventory.forgetInstance(instance));
  }

  @Override
  public ServingInstances findInstances(String namespace) {
    return InventoryFailures.translate(() -> new ServingInstances(inventory.instances(namespace)));
  }

  @Override
  public ServedDatabase findServed(DatabaseRef database) {
    return InventoryFailures.translate(() -> inventory.servedBy(database));
  }

  @Override
  public void recordLeftovers(Leftovers leftovers) {
    InventoryFailures.translateVoid(() -> inventory.recordLeftovers(leftovers.leftovers()));
  }

  @Override
  public void adopt(AdoptDatabase wanted) {
    InventoryFailures.translate(
        () ->
            wanted.again()
                ? inventory.adoptAgain(wanted.definition(), wanted.secret(), wanted.resource())
                : inventory.adopt(wanted.definition(), wanted.secret(), wanted.resource()));
  }

  @Override
  public void release(ReleaseDatabase released) {
    InventoryFailures.translateVoid(
        () -> inventory.release(released.database(), released.resource()));
  }
}
