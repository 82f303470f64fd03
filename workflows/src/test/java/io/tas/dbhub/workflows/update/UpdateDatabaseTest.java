package io.tas.dbhub.workflows.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.UpdateDatabase;
import io.tas.dbhub.core.update.UpdateRequest;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateDatabaseTest extends WorkflowTest {
  private final String id = UUID.randomUUID().toString();
  private final DatabaseDefinition old = Samples.definition(id);
  private final DatabaseDefinition elsewhere = Samples.at(old, "elsewhere.example");
  private final SealedCredentials both = new SealedCredentials("bob:new");
  private Database before;

  @BeforeEach
  void aConnection() {
    before = connections.exists(old);
  }

  @Test
  void whatIsNewIsProbedBeforeSecretResourceAndNodeMoveInThisOrder() throws IOException {
    WorkflowStub run = start(new UpdateRequest(elsewhere, 7, both));
    Database changed = run.getResult(Database.class);
    record("UpdateDatabase-changed", run);

    assertThat(world.steps())
        .containsExactly(
            "FindDatabase",
            "ProbeCandidate",
            "SealCredentials",
            "SwitchCredentials",
            "ApplyDatabaseResource",
            "UpdateInventoryNode");
    assertThat(connections.credentials).containsEntry(id, "bob:new");
    assertThat(connections.definitions).containsEntry(id, elsewhere);
    assertThat(changed.definition()).isEqualTo(elsewhere);
    assertThat(changed.revision()).isEqualTo(8);
  }

  @Test
  void theMonitorIsToldAndOneThatIsMissingComesBack() {
    workflow().update(new UpdateRequest(elsewhere, 7, null));
    await().until(() -> world.recorded.size() == 1);

    workflow().update(new UpdateRequest(old, 8, null));

    await().until(() -> world.recorded.size() == 2);
  }

  @Test
  void onlyWhatChangesIsTouched() {
    workflow().update(new UpdateRequest(Samples.named(old, "invoices"), 7, null));

    assertThat(world.steps())
        .containsExactly("FindDatabase", "ApplyDatabaseResource", "UpdateInventoryNode");
    assertThat(connections.credentials).containsEntry(id, "ada:old");
  }

  @Test
  void newCredentialsAloneMakeANewRevision() {
    Database changed = workflow().update(new UpdateRequest(old, 7, both));

    assertThat(world.steps()).doesNotContain("ApplyDatabaseResource");
    assertThat(changed.revision()).isEqualTo(8);
  }

  @Test
  void aPasswordAloneKeepsTheName() {
    workflow().update(new UpdateRequest(old, 7, new SealedCredentials(":new")));

    assertThat(connections.credentials).containsEntry(id, "ada:new");
  }

  @Test
  void theSameAgainChangesNothing() {
    Database same = workflow().update(new UpdateRequest(old, 7, null));

    assertThat(same).isEqualTo(before);
    assertThat(world.steps()).containsExactly("FindDatabase");
  }

  @Test
  void whatIsSetAsideIsNotProbed() {
    world.reachable = false;

    workflow().update(new UpdateRequest(Samples.inactive(elsewhere), 7, both));

    assertThat(connections.definitions.get(id).active()).isFalse();
  }

  @Test
  void whatDoesNotConnectChangesNothingAndSaysWhy() {
    world.reachable = false;

    assertThatThrownBy(() -> workflow().update(new UpdateRequest(elsewhere, 7, both)))
        .satisfies(
            failure -> {
              assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.CONNECTION_FAILED);
              var typed = Failures.find(failure).orElseThrow();
              assertThat(typed.getOriginalMessage())
                  .contains("authentication", "The login is refused.", "Check it.");
              assertThat(typed.getDetails().get(Diagnosis.class).reachable()).isFalse();
            });
    assertThat(world.steps()).containsExactly("FindDatabase", "ProbeCandidate");
  }

  @Test
  void aDatabaseThatIsNotThereIsNotFound() {
    world.nodes.clear();

    assertFails(new UpdateRequest(elsewhere, 7, both), FailureType.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 8})
  void anotherRevisionThanTheOneThatWasReadChangesNothing(long expected) {
    assertFails(new UpdateRequest(elsewhere, expected, both), FailureType.REVISION_CHANGED);

    assertEverythingIsAsBefore();
    assertThat(world.steps()).containsExactly("FindDatabase");
  }

  @Test
  void ofTwoThatReadTheSameRevisionTheSecondIsRefused() {
    workflow().update(new UpdateRequest(elsewhere, 7, null));

    assertFails(
        new UpdateRequest(Samples.named(old, "mine"), 7, null), FailureType.REVISION_CHANGED);

    assertThat(world.nodes.get(id).definition()).isEqualTo(elsewhere);
  }

  @ParameterizedTest
  @CsvSource({
    "FindDatabase,false",
    "ProbeCandidate,false",
    "SealCredentials,false",
    "SwitchCredentials,false",
    "SwitchCredentials,true",
    "ApplyDatabaseResource,false",
    "ApplyDatabaseResource,true",
    "UpdateInventoryNode,false",
    "UpdateInventoryNode,true"
  })
  void aRefusedStepLeavesEverythingAsBeforeEvenWhenItTookEffect(String step, boolean afterEffect) {
    world.failNext(step, FailureType.KUBERNETES_REFUSED, afterEffect);

    assertFails(new UpdateRequest(elsewhere, 7, both), FailureType.KUBERNETES_REFUSED);

    assertEverythingIsAsBefore();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SwitchCredentials", "ApplyDatabaseResource", "UpdateInventoryNode"})
  void aStepWhoseAnswerWasLostIsRepeated(String step) {
    world.failNext(step, FailureType.KUBERNETES_UNAVAILABLE, true);
    world.failNext(step, FailureType.INVENTORY_UNAVAILABLE, false);

    Database changed = workflow().update(new UpdateRequest(elsewhere, 7, both));

    assertThat(changed.revision()).isEqualTo(8);
    assertThat(connections.credentials).containsEntry(id, "bob:new");
  }

  @Test
  void aTakenNamePutsEverythingBackTheLastFirst() throws IOException {
    world.failNext("UpdateInventoryNode", FailureType.NAME_TAKEN, false);

    WorkflowStub run = start(new UpdateRequest(elsewhere, 7, both));
    assertThatThrownBy(() -> run.getResult(Database.class))
        .satisfies(
            failure -> assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.NAME_TAKEN));
    record("UpdateDatabase-undone", run);

    assertEverythingIsAsBefore();
    assertThat(world.steps())
        .endsWith("RestoreInventoryNode", "ApplyDatabaseResource", "SwitchCredentials");
  }

  @Test
  void whatWasPutBackIsAnotherStateOfTheCredentials() {
    world.failNext("SwitchCredentials", FailureType.KUBERNETES_REFUSED, true);

    assertFails(new UpdateRequest(old, 7, both), FailureType.KUBERNETES_REFUSED);

    assertThat(connections.revisions.get(id)).endsWith("-undone");
  }

  @Test
  void aResourceTakenAwayByHandIsIncompleteAndWaitsForNobody() {
    world.resources.clear();

    assertFails(new UpdateRequest(elsewhere, 7, both), FailureType.INCOMPLETE);

    assertThat(connections.credentials).containsEntry(id, "ada:old");
  }

  @ParameterizedTest
  @EnumSource(CancelAt.class)
  void cancellingPutsEverythingBack(CancelAt at) {
    for (int i = 0; i < 100; i++) {
      world.failNext(at.step, FailureType.KUBERNETES_UNAVAILABLE, true);
    }
    WorkflowStub run = start(new UpdateRequest(elsewhere, 7, both));
    await().until(() -> world.calls.contains(at.step));

    cancel(run, "changed my mind");
    world.failNoMore(at.step);

    assertThatThrownBy(() -> run.getResult(Database.class))
        .satisfies(
            failure -> assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.CANCELLED));
    assertEverythingIsAsBefore();
  }

  @Test
  void aSwitchThatIsUnderWayWhenItIsCancelledDoesNotOutliveItsUndoing() throws IOException {
    connections.switchesHeld = new CountDownLatch(1);
    WorkflowStub run = start(new UpdateRequest(old, 7, both));
    await().until(() -> world.calls.contains("SwitchCredentials"));

    cancel(run, "changed my mind");
    connections.switchesHeld.countDown();

    assertThatThrownBy(() -> run.getResult(Database.class))
        .satisfies(
            failure -> assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.CANCELLED));
    assertThat(world.steps()).endsWith("SwitchCredentials").doesNotContain("UpdateInventoryNode");
    assertEverythingIsAsBefore();
    record("UpdateDatabase-cancelled", run);
  }

  private WorkflowStub start(UpdateRequest request) {
    UpdateDatabase workflow = workflow();
    WorkflowClient.start(workflow::update, request);
    return WorkflowStub.fromTyped(workflow);
  }

  @Test
  void theUpdateThatWaitsHasTheAnswerOrTheFailureOnceEverythingIsPutBack() {
    assertThat(updateAndAwait(new UpdateRequest(elsewhere, 7, null)).revision()).isEqualTo(8);
    client.newUntypedWorkflowStub(WorkflowIds.database(id)).getResult(Database.class);

    world.failNext("UpdateInventoryNode", FailureType.NAME_TAKEN, false);
    assertThatThrownBy(() -> updateAndAwait(new UpdateRequest(old, 8, null)))
        .satisfies(
            failure -> assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.NAME_TAKEN));
    assertThat(connections.definitions).containsEntry(id, elsewhere);
  }

  private Database updateAndAwait(UpdateRequest request) {
    UpdateDatabase workflow =
        client.newWorkflowStub(
            UpdateDatabase.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowId(WorkflowIds.database(id))
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .build());
    return WorkflowClient.executeUpdateWithStart(
        workflow::awaitUpdated,
        UpdateOptions.<Database>newBuilder().setWaitForStage(WorkflowUpdateStage.COMPLETED).build(),
        new WithStartWorkflowOperation<>(workflow::update, request));
  }

  enum CancelAt {
    PROBE("ProbeCandidate"),
    SECRET("SwitchCredentials"),
    RESOURCE("ApplyDatabaseResource"),
    NODE("UpdateInventoryNode");

    private final String step;

    CancelAt(String step) {
      this.step = step;
    }
  }

  private void assertFails(UpdateRequest request, FailureType type) {
    assertThatThrownBy(() -> workflow().update(request))
        .satisfies(failure -> assertThat(Failures.typeOf(failure)).isEqualTo(type));
  }

  private void assertEverythingIsAsBefore() {
    assertThat(connections.credentials).containsEntry(id, "ada:old");
    assertThat(connections.definitions).containsEntry(id, old);
    assertThat(world.nodes.get(id).definition()).isEqualTo(old);
  }

  private UpdateDatabase workflow() {
    return stub(UpdateDatabase.class, WorkflowIds.database(id));
  }
}
