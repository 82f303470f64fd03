package io.tas.dbhub.workflows.repair;

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
import io.tas.dbhub.core.repair.ConnectionInspection;
import io.tas.dbhub.core.repair.InspectedConnection;
import io.tas.dbhub.core.rotate.ServingChecks;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.ApplyDatabaseResource;
import io.tas.dbhub.core.update.ConnectionChanges;
import io.tas.dbhub.core.update.InventoryChanges;
import io.tas.dbhub.core.update.SwitchCredentials;
import io.tas.dbhub.workflows.instance.Instances;
import io.tas.dbhub.workflows.steps.Step;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a repair. Somebody may have done one by hand and decided to skip it, so each finds
 * out for itself what an earlier one should have told.
 */
final class PuttingBack {
  private final RepairPlan plan;
  private final DatabaseDefinition definition;
  private final DatabaseRef database;
  private final @Nullable SealedCredentials credentials;
  private final String revision = Workflow.randomUUID().toString();

  private final ConnectionResources secrets =
      Workflow.newActivityStub(ConnectionResources.class, kubernetes("Secret"));
  private final ConnectionChanges credentialsOfSecrets =
      Workflow.newActivityStub(ConnectionChanges.class, kubernetes("Secret"));
  private final ConnectionResources resources =
      Workflow.newActivityStub(ConnectionResources.class, kubernetes("Database resource"));
  private final ConnectionChanges changes =
      Workflow.newActivityStub(ConnectionChanges.class, kubernetes("Database resource"));
  private final ConnectionInspection inspection =
      Workflow.newActivityStub(ConnectionInspection.class, kubernetes("Secret and resource"));
  private final InventoryNodes nodes =
      Workflow.newActivityStub(InventoryNodes.class, inventory("Inventory node"));
  private final InventoryChanges found =
      Workflow.newActivityStub(InventoryChanges.class, inventory("Inventory node"));

  private final ServingChecks serving =
      Workflow.newActivityStub(ServingChecks.class, inventory("DBHub instances"));

  private @Nullable ResourceRef secret;
  private @Nullable ResourceRef resource;
  private @Nullable Database repaired;
  private @Nullable ActivityFailure nameTaken;

  PuttingBack(RepairPlan plan, InspectedConnection found, @Nullable SealedCredentials credentials) {
    this.plan = plan;
    this.definition = plan.definition();
    this.database = plan.definition().ref();
    this.credentials = credentials;
    this.secret = found.secret();
    this.resource = found.resource();
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (plan.secretMissing() && credentials != null) {
      SealedCredentials given = credentials;
      steps.add(
          new Step(
              "CreateSecret",
              "Putting back the Secret.",
              "a connection without its Secret",
              () -> secret = secrets.createSecret(new CreateSecret(database, given))));
      // One that was there and could not be used is there still.
      steps.add(
          new Step(
              "SwitchCredentials",
              "Writing the credentials.",
              "a Secret that may not hold the credentials",
              () ->
                  credentialsOfSecrets.switchCredentials(
                      new SwitchCredentials(database, secret(), given, revision))));
    }
    steps.add(
        plan.resource() == RepairPlan.Resource.MISSING
            ? new Step(
                "CreateDatabaseResource",
                "Putting back the Database resource.",
                "a connection without its Database resource",
                () ->
                    resource =
                        resources.createDatabaseResource(
                            new CreateDatabaseResource(definition, secret())))
            // Also where it says the same: what it refers to is not compared.
            : new Step(
                "ApplyDatabaseResource",
                "Applying the Database resource.",
                "a Database resource that may say something else than the inventory",
                () ->
                    changes.applyDatabaseResource(
                        new ApplyDatabaseResource(definition, resource(), secret()))));
    if (plan.nodeMissing()) {
      steps.add(
          new Step(
              "CreateInventoryNode",
              "Putting back the inventory node.",
              "a connection without its inventory node",
              this::createNode));
      // Which of them serves it was told by the node that is gone.
      steps.add(
          new Step(
              "FindInstances",
              "Telling the DBHub instances.",
              "a connection that DBHub serves only after its next look",
              () ->
                  serving
                      .findInstances(resource().namespace())
                      .instances()
                      .forEach(Instances::changed)));
    }
    steps.add(
        new Step(
            "FindDatabase",
            "Reading what is there now.",
            "",
            () -> repaired = found.findDatabase(database).database()));
    return steps;
  }

  /**
   * The database as it is afterwards.
   *
   * @throws io.temporal.failure.TemporalFailure {@code NameTaken} where another has its name by
   *     now, so that it can have no node
   */
  Database repaired() {
    if (nameTaken != null) {
      throw nameTaken;
    }
    if (repaired == null) {
      throw Failures.of(FailureType.NOT_FOUND, "The inventory node is still missing.");
    }
    return repaired;
  }

  private void createNode() {
    try {
      nodes.createNode(new CreateInventoryNode(definition, secret(), resource(), true));
    } catch (ActivityFailure failure) {
      // Trying again does not help, and there is nothing that a person could decide here.
      if (Failures.typeOf(failure) != FailureType.NAME_TAKEN) {
        throw failure;
      }
      nameTaken = failure;
    }
  }

  private ResourceRef secret() {
    if (secret == null) {
      secret = inspection.inspect(database).secret();
    }
    return there(secret, "Secret");
  }

  private ResourceRef resource() {
    if (resource == null) {
      resource = inspection.inspect(database).resource();
    }
    return there(resource, "Database resource");
  }

  private static ResourceRef there(@Nullable ResourceRef object, String what) {
    if (object == null) {
      throw Failures.of(FailureType.INCOMPLETE, "The " + what + " is still missing.");
    }
    return object;
  }
}
