package io.tas.dbhub.core.update;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Changes inventory nodes. Every step may be repeated.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#INVENTORY}. Fails with {@code
 * InventoryUnavailable} (retried), {@code NameTaken}, {@code RevisionChanged} and {@code NotFound}.
 */
@ActivityInterface
public interface InventoryChanges {
  @ActivityMethod(name = "FindDatabase")
  FoundDatabase findDatabase(DatabaseRef database);

  /**
   * Writes the definition and counts the revision up by one. A node that has the next revision and
   * this very definition is the work of an earlier attempt, and the answer.
   */
  @ActivityMethod(name = "UpdateInventoryNode")
  Database updateNode(UpdateInventoryNode request);

  /**
   * Undoes {@link #updateNode}: a node that is one revision ahead of {@code before} gets its
   * definition back, as a further revision. Any other node is left alone.
   */
  @ActivityMethod(name = "RestoreInventoryNode")
  void restoreNode(Database before);
}
