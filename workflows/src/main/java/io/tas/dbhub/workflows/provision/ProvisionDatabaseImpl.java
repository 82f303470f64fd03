package io.tas.dbhub.workflows.provision;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.inventory;
import static io.tas.dbhub.workflows.steps.ActivityOptionSets.kubernetes;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.provision.ConnectionResources;
import io.tas.dbhub.core.provision.CreateDatabaseResource;
import io.tas.dbhub.core.provision.CreateInventoryNode;
import io.tas.dbhub.core.provision.CreateSecret;
import io.tas.dbhub.core.provision.InventoryNodes;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.core.provision.ProvisionRequest;
import io.tas.dbhub.workflows.health.HealthMonitors;
import io.tas.dbhub.workflows.steps.Compensations;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** Secret, Database resource, inventory node, health: all of them or none. */
public final class ProvisionDatabaseImpl implements ProvisionDatabase {
  private final DatabaseDefinition definition;
  private final DatabaseRef database;
  private final Compensations compensations = new Compensations();
  private final CompletablePromise<Database> created = Workflow.newPromise();

  private final ConnectionResources secrets =
      Workflow.newActivityStub(ConnectionResources.class, kubernetes("Secret"));
  private final ConnectionResources resources =
      Workflow.newActivityStub(ConnectionResources.class, kubernetes("Database resource"));
  private final InventoryNodes nodes =
      Workflow.newActivityStub(InventoryNodes.class, inventory("Inventory node"));

  @WorkflowInit
  public ProvisionDatabaseImpl(ProvisionRequest request) {
    definition = request.definition();
    database = definition.ref();
  }

  @Override
  public Database provision(ProvisionRequest request) {
    try {
      ResourceRef secret = createSecret(request);
      ResourceRef resource = createDatabaseResource(secret);
      Database result = createNode(secret, resource);
      created.complete(result);
      HealthMonitors.startOrWake(result);
      Workflow.setCurrentDetails("Exists as " + resource.namespace() + "/" + resource.name() + ".");
      return finish(result);
    } catch (TemporalFailure failure) {
      compensations.run();
      Workflow.setCurrentDetails("Nothing of it is left: every step was undone.");
      ApplicationFailure typed = typed(failure);
      created.completeExceptionally(typed);
      finish(definition);
      throw failure instanceof CanceledFailure ? failure : typed;
    }
  }

  @Override
  public Database awaitCreated() {
    return created.get();
  }

  private ResourceRef createSecret(ProvisionRequest request) {
    Workflow.setCurrentDetails("Creating the Secret.");
    compensations.add(
        "DeleteSecret",
        "a Secret labelled dbhub.tas.io/database-id=" + database.id(),
        () -> secrets.deleteSecret(database));
    return secrets.createSecret(new CreateSecret(database, request.credentials()));
  }

  private ResourceRef createDatabaseResource(ResourceRef secret) {
    Workflow.setCurrentDetails("Creating the Database resource.");
    compensations.add(
        "DeleteDatabaseResource",
        "a Database resource labelled dbhub.tas.io/database-id=" + database.id(),
        () -> resources.deleteDatabaseResource(database));
    return resources.createDatabaseResource(new CreateDatabaseResource(definition, secret));
  }

  private Database createNode(ResourceRef secret, ResourceRef resource) {
    Workflow.setCurrentDetails("Creating the inventory node.");
    compensations.add(
        "DeleteInventoryNode",
        "the inventory node " + database.id(),
        () -> nodes.deleteNode(database));
    return nodes.createNode(new CreateInventoryNode(definition, secret, resource));
  }

  /** An update still waiting for the answer must have it before the workflow closes. */
  private static <T> T finish(T result) {
    Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
        .run();
    return result;
  }

  private static ApplicationFailure typed(TemporalFailure failure) {
    FailureType type = Failures.typeOf(failure);
    String message =
        Failures.find(failure)
            .map(ApplicationFailure::getOriginalMessage)
            .orElse(
                type == FailureType.CANCELLED
                    ? "The operation was cancelled; nothing of it is left."
                    : "A step did not finish in time; everything was undone.");
    return Failures.of(type, message);
  }
}
