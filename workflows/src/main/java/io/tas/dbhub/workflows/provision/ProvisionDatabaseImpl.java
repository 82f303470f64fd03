package io.tas.dbhub.workflows.provision;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.inventory;
import static io.tas.dbhub.workflows.steps.ActivityOptionSets.kubernetes;

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
import io.tas.dbhub.core.update.InventoryChanges;
import io.tas.dbhub.workflows.health.HealthMonitors;
import io.tas.dbhub.workflows.steps.Lefts;
import io.tas.dbhub.workflows.steps.Operation;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import org.jspecify.annotations.Nullable;

/** Secret, Database resource, inventory node, health: all of them or none. */
public final class ProvisionDatabaseImpl implements ProvisionDatabase {
  private final DatabaseDefinition definition;
  private final DatabaseRef database;
  private final Operation<Database> operation;

  private final ConnectionResources secrets = resources("Secret");
  private final ConnectionResources resources = resources("Database resource");
  private final InventoryNodes nodes = nodes("Inventory node");
  private final InventoryChanges earlier =
      Workflow.newActivityStub(InventoryChanges.class, inventory("Inventory node"));
  private final ConnectionResources undoSecrets = resources("Undo: Secret");
  private final ConnectionResources undoResources = resources("Undo: Database resource");
  private final InventoryNodes undoNodes = nodes("Undo: Inventory node");

  @WorkflowInit
  public ProvisionDatabaseImpl(ProvisionRequest request) {
    definition = request.definition();
    database = definition.ref();
    operation = new Operation<>(database);
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public Database provision(ProvisionRequest request) {
    return operation.run(
        () -> {
          Database found = request.repeatable() ? find() : null;
          return found == null ? make(request) : found;
        },
        created ->
            "Exists as %s/%s."
                .formatted(created.resource().namespace(), created.resource().name()));
  }

  @Override
  public Database awaitCreated() {
    return operation.await();
  }

  /** What an earlier request with the same key has made. */
  private @Nullable Database find() {
    Workflow.setCurrentDetails("Looking whether it exists.");
    return earlier.findDatabase(database).database();
  }

  private Database make(ProvisionRequest request) {
    ResourceRef secret = createSecret(request);
    ResourceRef resource = createDatabaseResource(secret);
    Database created = createNode(secret, resource);
    operation.answer(created);
    HealthMonitors.startOrWake(created);
    return created;
  }

  private ResourceRef createSecret(ProvisionRequest request) {
    Workflow.setCurrentDetails("Creating the Secret.");
    return operation
        .compensations()
        .around(
            "DeleteSecret",
            Lefts.secret(database),
            () -> undoSecrets.deleteSecret(database),
            () -> secrets.createSecret(new CreateSecret(database, request.credentials())));
  }

  private ResourceRef createDatabaseResource(ResourceRef secret) {
    Workflow.setCurrentDetails("Creating the Database resource.");
    return operation
        .compensations()
        .around(
            "DeleteDatabaseResource",
            Lefts.resource(database),
            () -> undoResources.deleteDatabaseResource(database),
            () -> resources.createDatabaseResource(new CreateDatabaseResource(definition, secret)));
  }

  private Database createNode(ResourceRef secret, ResourceRef resource) {
    Workflow.setCurrentDetails("Creating the inventory node.");
    return operation
        .compensations()
        .around(
            "DeleteInventoryNode",
            Lefts.node(database),
            () -> undoNodes.deleteNode(database),
            () -> nodes.createNode(new CreateInventoryNode(definition, secret, resource)));
  }

  private static ConnectionResources resources(String summary) {
    return Workflow.newActivityStub(ConnectionResources.class, kubernetes(summary));
  }

  private static InventoryNodes nodes(String summary) {
    return Workflow.newActivityStub(InventoryNodes.class, inventory(summary));
  }
}
