package io.tas.dbhub.activities.inventory;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.InventoryHealth;
import io.tas.dbhub.core.instance.ServingInventory;
import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.provision.CreateInventoryNode;
import io.tas.dbhub.core.provision.InventoryNodes;
import io.tas.dbhub.core.provision.ServingInstances;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.IdTakenException;
import io.tas.dbhub.storage.inventory.InventoryUnavailableException;
import io.tas.dbhub.storage.inventory.NameTakenException;
import java.util.function.Supplier;

/**
 * What workflows write into the inventory. Stateless but for the inventory, and safe for use by
 * several threads.
 */
public final class InventoryActivities
    implements InventoryNodes, InventoryHealth, ServingInventory {
  private final DatabaseInventory inventory;

  public InventoryActivities(DatabaseInventory inventory) {
    this.inventory = inventory;
  }

  @Override
  public Database createNode(CreateInventoryNode request) {
    return translating(
        () -> inventory.create(request.definition(), request.secret(), request.resource()));
  }

  @Override
  public void deleteNode(DatabaseRef database) {
    translating(() -> inventory.delete(database));
  }

  @Override
  public ServingInstances findServingInstances(DatabaseRef database) {
    return translating(() -> new ServingInstances(inventory.servingInstances(database)));
  }

  @Override
  public void recordHealth(HealthReport report) {
    translating(() -> inventory.recordHealth(report));
  }

  @Override
  public void recordServing(ServingReport report) {
    translating(() -> inventory.recordServing(report));
  }

  @Override
  public void forgetInstance(ResourceRef instance) {
    translating(() -> inventory.forgetInstance(instance));
  }

  private static void translating(Runnable call) {
    translating(
        () -> {
          call.run();
          return true;
        });
  }

  /** The only place where the inventory's exceptions become failures. Causes stay behind. */
  private static <T> T translating(Supplier<T> call) {
    try {
      return call.get();
    } catch (NameTakenException e) {
      throw Failures.of(
          FailureType.NAME_TAKEN, "another database of this tenant and space has the name");
    } catch (InventoryUnavailableException e) {
      throw Failures.of(
          FailureType.INVENTORY_UNAVAILABLE, "the inventory (Neo4j) is not available");
    } catch (IdTakenException e) {
      throw Failures.of(FailureType.INVALID, "the database's id belongs to another space");
    }
  }
}
