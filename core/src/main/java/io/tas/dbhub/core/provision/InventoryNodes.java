package io.tas.dbhub.core.provision;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * The inventory's node of one connection. Every step may be repeated.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#INVENTORY}. Fails with {@code
 * InventoryUnavailable} (retried) and {@code NameTaken}.
 */
@ActivityInterface
public interface InventoryNodes {
  /** Creates the node, Pending; answers the one that is there if this id has one already. */
  @ActivityMethod(name = "CreateInventoryNode")
  Database createNode(CreateInventoryNode request);

  @ActivityMethod(name = "DeleteInventoryNode")
  void deleteNode(DatabaseRef database);

  /** Whether an instance still serves the database, as far as the inventory knows. */
  @ActivityMethod(name = "FindServingInstances")
  ServingInstances findServingInstances(DatabaseRef database);
}
