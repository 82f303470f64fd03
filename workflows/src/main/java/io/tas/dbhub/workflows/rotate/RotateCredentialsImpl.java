package io.tas.dbhub.workflows.rotate;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.rotate.DbhubChecks;
import io.tas.dbhub.core.rotate.RotateCredentials;
import io.tas.dbhub.core.rotate.RotateRequest;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.workflows.connection.CandidateTrial;
import io.tas.dbhub.workflows.connection.CredentialSwitch;
import io.tas.dbhub.workflows.connection.InventoryNode;
import io.tas.dbhub.workflows.health.HealthMonitors;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.tas.dbhub.workflows.steps.Operation;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;

/** Verify the new, switch, wait for DBHub, verify through it: then the old are forgotten. */
public final class RotateCredentialsImpl implements RotateCredentials {
  private final DatabaseRef database;
  private final SealedCredentials credentials;
  private final Operation<Database> operation;

  private final InventoryNode node;
  private final CandidateTrial trial = new CandidateTrial();
  private final CredentialSwitch secret;
  private final Rollout rollout;
  private final DbhubChecks dbhub =
      Workflow.newActivityStub(DbhubChecks.class, ActivityOptionSets.dbhub("Through DBHub"));

  @WorkflowInit
  public RotateCredentialsImpl(RotateRequest request) {
    database = request.database();
    credentials = request.credentials();
    operation = new Operation<>(database);
    node = new InventoryNode(operation.compensations());
    secret = new CredentialSwitch(operation.compensations());
    rollout = new Rollout(database);
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public Database rotate(RotateRequest request) {
    return operation.run(
        () -> {
          Database before = find();
          trial.mustConnect(before.definition(), before.secret(), credentials);
          String revision = secret.switchTo(before, credentials, () -> tellOfTheOld(before));
          if (before.definition().active()) {
            rollout.await(before, revision);
            verifyThroughDbhub();
          }
          Database rotated = node.update(before, before.definition());
          operation.answer(rotated);
          HealthMonitors.startOrWake(rotated);
          return rotated;
        },
        rotated -> "Nothing uses the old credentials any more.");
  }

  @Override
  public Database awaitRotated() {
    return operation.await();
  }

  private Database find() {
    Database before = node.find(database);
    if (!before.definition().target().type().networked()) {
      throw Failures.of(FailureType.INVALID, "A database that is a file has no credentials.");
    }
    return before;
  }

  private void verifyThroughDbhub() {
    Workflow.setCurrentDetails("Verifying the new credentials through DBHub.");
    dbhub.verifyThroughDbhub(database);
  }

  private void tellOfTheOld(Database before) {
    rollout.tell();
    HealthMonitors.startOrWake(before);
  }
}
