package io.tas.dbhub.workflows.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.Decisions;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.repair.RepairDatabase;
import io.tas.dbhub.core.repair.RepairReport;
import io.tas.dbhub.core.repair.RepairRequest;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.workflows.FakeConnections;
import io.tas.dbhub.workflows.ParkedWorkflow;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepairDatabaseTest extends WorkflowTest {
  private final String id = UUID.randomUUID().toString();
  private final DatabaseDefinition definition = Samples.definition(id);

  @BeforeEach
  void aConnection() {
    connections.exists(definition);
  }

  @Test
  void whereNothingIsMissingNothingIsPutBackAndItIsProbed() {
    assertThat(repair(null).putBack()).isEmpty();

    await().until(() -> world.recorded.size() == 1);
  }

  @Test
  void theResourceIsPutBackFromTheInventory() throws IOException {
    world.resources.clear();
    world.definitions.clear();

    WorkflowStub run = start(null);

    assertThat(run.getResult(RepairReport.class).putBack()).containsExactly("Database resource");
    assertThat(world.definitions).containsEntry(id, definition);
    record("RepairDatabase-resource", run);
  }

  @Test
  void aResourceChangedByHandSaysAgainWhatTheInventorySays() {
    world.definitions.put(id, Samples.at(definition, "by.hand.example"));

    assertThat(repair(null).putBack()).containsExactly("Database resource");

    assertThat(world.definitions).containsEntry(id, definition);
  }

  @Test
  void theSecretIsPutBackFromCredentialsThatWorkAndBeforeEverythingElse() {
    forgetSecret();
    world.resources.clear();
    world.definitions.clear();

    assertThat(repair("ada:new").putBack()).containsExactly("Secret", "Database resource");

    assertThat(connections.credentials).containsEntry(id, "ada:new");
    assertThat(world.steps())
        .containsSubsequence(
            "ProbeCandidate", "CreateSecret", "SwitchCredentials", "CreateDatabaseResource");
  }

  @Test
  void aSecretThatHoldsNothingUsableIsWrittenAnew() {
    connections.credentials.clear();

    assertThat(repair("ada:new").putBack()).containsExactly("Secret");

    assertThat(connections.credentials).containsEntry(id, "ada:new");
  }

  @Test
  void credentialsThatDoNotWorkPutNothingBack() {
    forgetSecret();

    assertFails("ada:" + FakeConnections.WRONG, FailureType.CONNECTION_FAILED);

    assertThat(world.secrets).isEmpty();
  }

  @Test
  void aSecretThatIsGoneNeedsItsCredentials() {
    forgetSecret();

    assertFails(null, FailureType.CREDENTIALS_NEEDED);
  }

  @Test
  void theNodeIsPutBackFromTheResource() {
    world.nodes.clear();

    RepairReport report = repair(null);

    assertThat(report.putBack()).containsExactly("inventory node");
    assertThat(report.database().definition()).isEqualTo(definition);
    assertThat(report.database().grants())
        .as("those it had were lost with the node")
        .isEqualTo(Grants.none());
  }

  @Test
  void aNodeWhoseNameIsTakenByNowIsNotWaitedFor() {
    world.nodes.clear();
    world.failNext("CreateInventoryNode", FailureType.NAME_TAKEN, false);

    assertFails(null, FailureType.NAME_TAKEN);
  }

  @Test
  void whereNothingIsLeftThereIsNothingToRepair() {
    forgetSecret();
    world.resources.clear();
    world.definitions.clear();
    world.nodes.clear();

    assertFails("ada:new", FailureType.NOT_FOUND);
  }

  @Test
  void aStepThatIsRefusedWaitsForSomebodyWhoMayHaveDoneItByHand() throws IOException {
    forgetSecret();
    world.failNext("CreateSecret", FailureType.KUBERNETES_REFUSED, false);
    WorkflowStub run = start("ada:new");
    await().until(() -> Boolean.TRUE.equals(attention(run)));

    world.secrets.add(id);
    connections.credentials.put(id, "ada:by-hand");
    run.update(
        Decisions.DECIDE,
        Void.class,
        new Decision(Choice.SKIP, "CreateSecret", "made by hand", "ada", null));

    assertThat(run.getResult(RepairReport.class).putBack()).containsExactly("Secret");
    assertThat(connections.credentials).containsEntry(id, "ada:new");
    record("RepairDatabase-decided", run);
  }

  @Test
  void whatIsAbandonedIsListedAndNothingElse() {
    world.resources.clear();
    world.failNext("CreateDatabaseResource", FailureType.KUBERNETES_REFUSED, false);
    ParkedWorkflow run = new ParkedWorkflow(start(null));
    run.awaitParked("CreateDatabaseResource");

    run.decide(Choice.ABANDON);

    assertThatThrownBy(() -> run.run().getResult(RepairReport.class))
        .satisfies(
            failure -> assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.ABANDONED));
    assertThat(world.leftovers)
        .extracting(Leftover::what)
        .containsExactly("a connection without its Database resource");
  }

  @Test
  void cancellingWhatIsBeingPutBackChangesNothing() {
    world.resources.clear();
    world.failNext("CreateDatabaseResource", FailureType.KUBERNETES_UNAVAILABLE, true);
    WorkflowStub run = start(null);
    await().until(() -> world.calls.contains("CreateDatabaseResource"));

    run.cancel();

    // Temporal calls it cancelled because somebody asked for that; it was finished all the same.
    assertThatThrownBy(() -> run.getResult(RepairReport.class)).isNotNull();
    assertThat(world.definitions).containsEntry(id, definition);
    assertThat(world.steps()).endsWith("CreateDatabaseResource", "FindDatabase");
  }

  private void forgetSecret() {
    world.secrets.clear();
    connections.credentials.clear();
  }

  private static @Nullable Boolean attention(WorkflowStub run) {
    return run.describe().getTypedSearchAttributes().get(SearchAttributes.ATTENTION);
  }

  private void assertFails(@Nullable String credentials, FailureType type) {
    assertThatThrownBy(() -> repair(credentials))
        .satisfies(failure -> assertThat(Failures.typeOf(failure)).isEqualTo(type));
  }

  private RepairReport repair(@Nullable String credentials) {
    return workflow().repair(request(credentials));
  }

  private WorkflowStub start(@Nullable String credentials) {
    RepairDatabase workflow = workflow();
    WorkflowClient.start(workflow::repair, request(credentials));
    return WorkflowStub.fromTyped(workflow);
  }

  private RepairRequest request(@Nullable String credentials) {
    return new RepairRequest(
        definition.ref(), credentials == null ? null : new SealedCredentials(credentials));
  }

  private RepairDatabase workflow() {
    return stub(RepairDatabase.class, WorkflowIds.database(id));
  }
}
