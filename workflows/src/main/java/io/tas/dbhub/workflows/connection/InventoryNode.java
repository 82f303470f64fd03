package io.tas.dbhub.workflows.connection;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.inventory;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.update.InventoryChanges;
import io.tas.dbhub.core.update.UpdateInventoryNode;
import io.tas.dbhub.workflows.steps.Compensations;
import io.tas.dbhub.workflows.steps.Lefts;
import io.temporal.workflow.Workflow;

/** The inventory node of a connection that exists; it gets its definition back if undone. */
public final class InventoryNode {
  private final Compensations compensations;
  private final InventoryChanges nodes = stub("Inventory node");
  private final InventoryChanges undoNodes = stub("Undo: Inventory node");

  public InventoryNode(Compensations compensations) {
    this.compensations = compensations;
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure {@code NotFound}
   */
  public Database find(DatabaseRef database) {
    Database found = nodes.findDatabase(database).database();
    if (found == null) {
      throw Failures.of(FailureType.NOT_FOUND, "There is no such database.");
    }
    return found;
  }

  /** Writes the definition, as the next revision. */
  public Database update(Database before, DatabaseDefinition definition) {
    Workflow.setCurrentDetails("Updating the inventory node.");
    return compensations.around(
        "RestoreInventoryNode",
        Lefts.newDefinition(definition.ref()),
        () -> undoNodes.restoreNode(before),
        () -> nodes.updateNode(new UpdateInventoryNode(definition, before.revision())));
  }

  private static InventoryChanges stub(String summary) {
    return Workflow.newActivityStub(InventoryChanges.class, inventory(summary));
  }
}
