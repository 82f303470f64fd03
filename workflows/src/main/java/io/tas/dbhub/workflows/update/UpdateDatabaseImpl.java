package io.tas.dbhub.workflows.update;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.kubernetes;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.ApplyDatabaseResource;
import io.tas.dbhub.core.update.ConnectionChanges;
import io.tas.dbhub.core.update.UpdateDatabase;
import io.tas.dbhub.core.update.UpdateRequest;
import io.tas.dbhub.workflows.connection.CandidateTrial;
import io.tas.dbhub.workflows.connection.CredentialSwitch;
import io.tas.dbhub.workflows.connection.InventoryNode;
import io.tas.dbhub.workflows.health.HealthMonitors;
import io.tas.dbhub.workflows.steps.Compensations;
import io.tas.dbhub.workflows.steps.Lefts;
import io.tas.dbhub.workflows.steps.Operation;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import org.jspecify.annotations.Nullable;

/**
 * Probe, Secret, Database resource, inventory node: what changes of them, together or not at all.
 * The node comes last: it is what REST shows.
 */
public final class UpdateDatabaseImpl implements UpdateDatabase {
  private final DatabaseDefinition definition;
  private final long expectedRevision;
  private final @Nullable SealedCredentials credentials;
  private final Operation<Database> operation;

  private final InventoryNode node;
  private final CandidateTrial trial = new CandidateTrial();
  private final CredentialSwitch secret;
  private final ConnectionChanges resources = resources("Database resource");
  private final ConnectionChanges undoResources = resources("Undo: Database resource");

  @WorkflowInit
  public UpdateDatabaseImpl(UpdateRequest request) {
    definition = request.definition();
    expectedRevision = request.expectedRevision();
    credentials = request.credentials();
    operation = new Operation<>(definition.ref());
    node = new InventoryNode(operation.compensations());
    secret = new CredentialSwitch(operation.compensations());
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public Database update(UpdateRequest request) {
    return operation.run(
        () -> {
          Database before = find();
          if (definition.equals(before.definition()) && credentials == null) {
            return before;
          }
          probeWhatIsNew(before);
          switchCredentials(before);
          applyDatabaseResource(before);
          Database changed = node.update(before, definition);
          operation.answer(changed);
          HealthMonitors.startOrWake(changed);
          return changed;
        },
        changed -> "Is at revision %d.".formatted(changed.revision()));
  }

  @Override
  public Database awaitUpdated() {
    return operation.await();
  }

  private Database find() {
    Database before = node.find(definition.ref());
    if (before.revision() != expectedRevision) {
      throw Failures.of(
          FailureType.REVISION_CHANGED, "The database was changed since it was read.");
    }
    return before;
  }

  private void probeWhatIsNew(Database before) {
    boolean isNew =
        credentials != null || !definition.target().equals(before.definition().target());
    // What is set aside may lead to what does not work yet, or no longer.
    if (isNew && definition.active()) {
      trial.mustConnect(definition, before.secret(), credentials);
    }
  }

  private void switchCredentials(Database before) {
    if (credentials != null) {
      // Who serves it learns of the Secret, there and back, from the informer.
      secret.switchTo(before, credentials, () -> {});
    }
  }

  private void applyDatabaseResource(Database before) {
    if (definition.equals(before.definition())) {
      return;
    }
    Workflow.setCurrentDetails("Applying the Database resource.");
    operation
        .compensations()
        .aroundProcedure(
            "ApplyDatabaseResource",
            Lefts.newDefinition(before.resource()),
            () ->
                Compensations.unlessGone(
                    () -> undoResources.applyDatabaseResource(to(before.definition(), before))),
            () -> resources.applyDatabaseResource(to(definition, before)));
  }

  private static ApplyDatabaseResource to(DatabaseDefinition definition, Database before) {
    return new ApplyDatabaseResource(definition, before.resource(), before.secret());
  }

  private static ConnectionChanges resources(String summary) {
    return Workflow.newActivityStub(ConnectionChanges.class, kubernetes(summary));
  }
}
