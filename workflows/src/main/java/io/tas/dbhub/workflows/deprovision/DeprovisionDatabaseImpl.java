package io.tas.dbhub.workflows.deprovision;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.inventory;
import static io.tas.dbhub.workflows.steps.ActivityOptionSets.kubernetes;

import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.deprovision.DeprovisionRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.provision.ConnectionResources;
import io.tas.dbhub.core.provision.InventoryNodes;
import io.tas.dbhub.core.update.InventoryChanges;
import io.tas.dbhub.workflows.health.HealthMonitors;
import io.tas.dbhub.workflows.schema.SchemaSyncs;
import io.tas.dbhub.workflows.steps.Lefts;
import io.tas.dbhub.workflows.steps.Operation;
import io.tas.dbhub.workflows.steps.Step;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.util.List;

/** Health, Database resource, DBHub, Secret, node: forward until nothing is left. */
public final class DeprovisionDatabaseImpl implements DeprovisionDatabase {
  private static final String SCHEMA = "schema";

  private final DatabaseRef database;
  private final Operation<Boolean> operation;
  private final Withdrawal withdrawal;
  private final ConnectionResources resources =
      Workflow.newActivityStub(ConnectionResources.class, kubernetes("Database resource"));
  private final ConnectionResources secrets =
      Workflow.newActivityStub(ConnectionResources.class, kubernetes("Secret"));
  private final InventoryNodes nodes =
      Workflow.newActivityStub(InventoryNodes.class, inventory("Inventory node"));

  private final InventoryChanges lookup =
      Workflow.newActivityStub(InventoryChanges.class, inventory("Inventory node"));

  @WorkflowInit
  public DeprovisionDatabaseImpl(DeprovisionRequest request) {
    database = request.database();
    operation = new Operation<>(database);
    withdrawal = new Withdrawal(database);
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public void deprovision(DeprovisionRequest request) {
    operation.run(
        () -> {
          if (request.leftoversOnly()) {
            mustHaveNoNode();
          }
          // Half a connection is worse than none: cancelling changes nothing.
          operation.mustHappen(steps());
          return true;
        },
        gone -> "Nothing of it is left.");
  }

  @Override
  public void awaitGone() {
    operation.await();
  }

  private void mustHaveNoNode() {
    if (lookup.findDatabase(database).database() != null) {
      throw Failures.of(FailureType.NOT_POSSIBLE_NOW, "The database exists.");
    }
  }

  private List<Step> steps() {
    return List.of(
        new Step(
            "StopMonitor",
            "Stopping health checks.",
            "the workflow that checks its health",
            this::stopWatching),
        new Step(
            "DeleteDatabaseResource",
            "Deleting the Database resource.",
            Lefts.resource(database),
            () -> resources.deleteDatabaseResource(database)),
        new Step(
            "AwaitWithdrawal",
            "Waiting until DBHub no longer serves it.",
            withdrawal::left,
            withdrawal::await),
        new Step(
            "DeleteSecret",
            "Deleting the Secret.",
            Lefts.secret(database),
            () -> secrets.deleteSecret(database)),
        new Step(
            "DeleteInventoryNode",
            "Deleting the inventory node.",
            Lefts.node(database),
            () -> nodes.deleteNode(database)));
  }

  /** A change of its schema may wait for a person; nobody has to decide about it any more. */
  private void stopWatching() {
    HealthMonitors.stop(database.id());
    if (Workflow.getVersion(SCHEMA, Workflow.DEFAULT_VERSION, 1) > Workflow.DEFAULT_VERSION) {
      SchemaSyncs.stop(database.id());
    }
  }
}
