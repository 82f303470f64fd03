package io.tas.dbhub.workflows.deprovision;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.inventory;
import static io.tas.dbhub.workflows.steps.ActivityOptionSets.kubernetes;

import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.deprovision.DeprovisionRequest;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ConnectionResources;
import io.tas.dbhub.core.provision.InventoryNodes;
import io.tas.dbhub.workflows.health.HealthMonitors;
import io.tas.dbhub.workflows.steps.MustHappen;
import io.tas.dbhub.workflows.steps.Signals;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** Health, DBHub, Database resource, Secret, node: forward until nothing is left. */
public final class DeprovisionDatabaseImpl implements DeprovisionDatabase {
  /** How long DBHub may take to let go before the Secret is taken away all the same. */
  private static final Duration WITHDRAWAL = Duration.ofMinutes(2);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final MustHappen mustHappen = new MustHappen();
  private final ConnectionResources resources =
      Workflow.newActivityStub(ConnectionResources.class, kubernetes("Database resource"));
  private final ConnectionResources secrets =
      Workflow.newActivityStub(ConnectionResources.class, kubernetes("Secret"));
  private final InventoryNodes nodes =
      Workflow.newActivityStub(InventoryNodes.class, inventory("Inventory node"));

  private boolean gone;

  @Override
  public void deprovision(DeprovisionRequest request) {
    // Half a connection is worse than none: from here on cancelling changes nothing.
    Workflow.newDetachedCancellationScope(() -> takeAway(request.database())).run();
  }

  @Override
  public void awaitGone() {
    Workflow.await(() -> gone);
  }

  private void takeAway(DatabaseRef database) {
    String label = " labelled dbhub.tas.io/database-id=" + database.id();
    Workflow.setCurrentDetails("Stopping health checks.");
    HealthMonitors.stop(database.id());
    Workflow.setCurrentDetails("Deleting the Database resource.");
    mustHappen.run(
        "DeleteDatabaseResource",
        "a Database resource" + label,
        () -> resources.deleteDatabaseResource(database));
    Workflow.setCurrentDetails("Waiting until DBHub no longer serves it.");
    awaitWithdrawal(database);
    Workflow.setCurrentDetails("Deleting the Secret.");
    mustHappen.run("DeleteSecret", "a Secret" + label, () -> secrets.deleteSecret(database));
    Workflow.setCurrentDetails("Deleting the inventory node.");
    mustHappen.run(
        "DeleteInventoryNode",
        "the inventory node " + database.id(),
        () -> nodes.deleteNode(database));
    Workflow.setCurrentDetails("Nothing of it is left.");
    gone = true;
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  private void awaitWithdrawal(DatabaseRef database) {
    long until = Workflow.currentTimeMillis() + WITHDRAWAL.toMillis();
    Duration pause = LOOK_AGAIN;
    List<ResourceRef> serving = serving(database);
    serving.forEach(DeprovisionDatabaseImpl::signalChanged);
    while (!serving.isEmpty() && Workflow.currentTimeMillis() < until) {
      Workflow.sleep(pause);
      pause = pause.multipliedBy(2);
      serving = serving(database);
    }
  }

  private List<ResourceRef> serving(DatabaseRef database) {
    try {
      return nodes.findServingInstances(database).instances();
    } catch (ActivityFailure unknown) {
      // The inventory was away for as long as a step may take: the node's own step will say so.
      return List.of();
    }
  }

  private static void signalChanged(ResourceRef instance) {
    // Where nobody reconciles it, the informer starts its workflow with the same news.
    Signals.ifRunning(
        Workflow.newExternalWorkflowStub(
                ReconcileInstance.class,
                WorkflowIds.instance(instance.namespace(), instance.name()))
            ::changed);
  }
}
