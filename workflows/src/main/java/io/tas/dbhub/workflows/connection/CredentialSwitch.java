package io.tas.dbhub.workflows.connection;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.kubernetes;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.ConnectionChanges;
import io.tas.dbhub.core.update.SealCredentials;
import io.tas.dbhub.core.update.SwitchCredentials;
import io.tas.dbhub.workflows.steps.Compensations;
import io.tas.dbhub.workflows.steps.Lefts;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;

/** Puts new credentials into the Secret of a connection; the old ones come back if undone. */
public final class CredentialSwitch {
  private final Compensations compensations;
  private final ConnectionChanges secrets = stub("Secret");
  private final ConnectionChanges undoSecrets = stub("Undo: Secret");

  /** Names the new state of the credentials. Not the run's id, which a reset would change. */
  private final String revision = Workflow.randomUUID().toString();

  public CredentialSwitch(Compensations compensations) {
    this.compensations = compensations;
  }

  /**
   * @param credentials the given half or both
   * @param undone what else to do once the old ones are back
   * @return the revision that DBHub reports once it serves with the new ones
   */
  public String switchTo(Database database, SealedCredentials credentials, Functions.Proc undone) {
    DatabaseRef ref = database.definition().ref();
    ResourceRef secret = database.secret();
    Workflow.setCurrentDetails("Switching the credentials.");
    SealedCredentials previous = secrets.sealCredentials(new SealCredentials(ref, secret));
    SwitchCredentials forth = new SwitchCredentials(ref, secret, credentials, revision);
    SwitchCredentials back =
        new SwitchCredentials(ref, secret, previous, revision + "-undone", credentials);
    compensations.aroundProcedure(
        "SwitchCredentials",
        Lefts.newCredentials(secret),
        () -> {
          Compensations.unlessGone(() -> undoSecrets.switchCredentials(back));
          undone.apply();
        },
        () -> secrets.switchCredentials(forth));
    return revision;
  }

  private static ConnectionChanges stub(String summary) {
    return Workflow.newActivityStub(ConnectionChanges.class, kubernetes(summary));
  }
}
