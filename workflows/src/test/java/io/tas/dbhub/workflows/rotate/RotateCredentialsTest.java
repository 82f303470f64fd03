package io.tas.dbhub.workflows.rotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.instance.ReconcileRequest;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.rotate.RotateCredentials;
import io.tas.dbhub.core.rotate.RotateRequest;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.workflows.FakeConnections;
import io.tas.dbhub.workflows.FakeWorld;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotateCredentialsTest extends WorkflowTest {
  private static final ResourceRef DBHUB = new ResourceRef(FakeWorld.NAMESPACE, "dbhub");
  private static final ResourceRef OTHER = new ResourceRef(FakeWorld.NAMESPACE, "other");

  private final String id = UUID.randomUUID().toString();
  private final DatabaseDefinition definition = Samples.definition(id);

  @BeforeEach
  void aConnection() {
    connections.exists(definition);
    connections.instances.add(DBHUB);
  }

  @Test
  void theNewAreVerifiedSwitchedServedAndVerifiedAgain() throws IOException {
    WorkflowStub run = start("bob:new");
    Database rotated = run.getResult(Database.class);
    record("RotateCredentials-rotated", run);

    assertThat(world.steps())
        .containsExactly(
            "FindDatabase",
            "ProbeCandidate",
            "SealCredentials",
            "SwitchCredentials",
            "FindServed",
            "VerifyThroughDbhub",
            "UpdateInventoryNode");
    assertThat(connections.credentials).containsEntry(id, "bob:new");
    assertThat(rotated.revision()).isEqualTo(8);
    assertThat(rotated.definition()).isEqualTo(definition);
    await().until(() -> world.recorded.size() == 1);
  }

  @Test
  void aPasswordAloneKeepsTheNameAndANameThePassword() {
    rotate(":new");
    assertThat(connections.credentials).containsEntry(id, "ada:new");

    rotate("bob:");
    assertThat(connections.credentials).containsEntry(id, "bob:new");
  }

  @Test
  void credentialsThatTheTargetRefusesChangeNothing() {
    assertFails(":" + FakeConnections.WRONG, FailureType.CONNECTION_FAILED);

    assertThat(world.steps()).containsExactly("FindDatabase", "ProbeCandidate");
  }

  @Test
  void itIsNotDoneBeforeEveryInstanceServesWithTheNew() {
    connections.instances.add(OTHER);
    connections.looksUntilServed.set(4);

    rotate("bob:new");

    assertThat(count("FindServed")).isEqualTo(5);
    assertThat(world.steps())
        .containsSubsequence("FindServed", "VerifyThroughDbhub", "UpdateInventoryNode");
  }

  @Test
  void whoServesItIsToldAtOnce() {
    ReconcileInstance instance =
        stub(ReconcileInstance.class, WorkflowIds.instance(DBHUB.namespace(), DBHUB.name()));
    WorkflowClient.start(instance::reconcile, new ReconcileRequest(DBHUB));
    await().until(() -> world.served.size() == 1);
    connections.looksUntilServed.set(1);

    rotate("bob:new");

    await().until(() -> world.served.size() >= 2);
  }

  @Test
  void aRolloutThatNeverComesUndoesIt() throws IOException {
    connections.looksUntilServed.set(Integer.MAX_VALUE);

    WorkflowStub run = start("bob:new");
    assertThatThrownBy(() -> run.getResult(Database.class))
        .satisfies(
            failure ->
                assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.DBHUB_UNAVAILABLE));
    record("RotateCredentials-undone", run);

    assertIsAsBefore();
    assertThat(connections.revisions.get(id)).endsWith("-undone");
    assertThat(world.steps()).doesNotContain("VerifyThroughDbhub", "UpdateInventoryNode");
    await().until(() -> world.recorded.size() == 1);
  }

  @Test
  void whatNobodyServesIsNotWaitedFor() {
    connections.instances.clear();

    rotate("bob:new");

    assertThat(count("FindServed")).isEqualTo(1);
  }

  @Test
  void whatWasMadeJustNowMayBeOnItsWayIntoAnInstanceWithTheOld() {
    connections.changedAt(id, Instant.ofEpochMilli(temporal.currentTimeMillis()));
    connections.instances.clear();
    connections.servedAfter(3, DBHUB);

    rotate("bob:new");

    assertThat(count("FindServed")).isGreaterThanOrEqualTo(4);
  }

  @Test
  void whatIsSetAsideIsNeitherServedNorAskedFor() {
    connections.exists(Samples.inactive(definition));
    connections.looksUntilServed.set(Integer.MAX_VALUE);

    rotate("bob:new");

    assertThat(world.steps()).doesNotContain("FindServed", "VerifyThroughDbhub");
  }

  @Test
  void aFileHasNoCredentials() {
    connections.exists(Samples.file(definition));

    assertFails("bob:new", FailureType.INVALID);
  }

  @Test
  void aDatabaseThatIsNotThereIsNotFound() {
    world.nodes.clear();

    assertFails("bob:new", FailureType.NOT_FOUND);
  }

  @Test
  void aSecretTakenAwayByHandIsIncomplete() {
    world.secrets.clear();

    assertFails("bob:new", FailureType.INCOMPLETE);
  }

  @ParameterizedTest
  @CsvSource({
    "FindDatabase,false",
    "ProbeCandidate,false",
    "SealCredentials,false",
    "SwitchCredentials,false",
    "SwitchCredentials,true",
    "FindServed,false",
    "VerifyThroughDbhub,false",
    "UpdateInventoryNode,false",
    "UpdateInventoryNode,true"
  })
  void aRefusedStepBringsTheOldBackEvenWhenItTookEffect(String step, boolean afterEffect) {
    world.failNext(step, FailureType.CONNECTION_FAILED, afterEffect);

    assertFails("bob:new", FailureType.CONNECTION_FAILED);

    assertIsAsBefore();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ProbeCandidate",
        "SwitchCredentials",
        "FindServed",
        "VerifyThroughDbhub",
        "UpdateInventoryNode"
      })
  void cancellingBringsTheOldBack(String step) {
    Collections.nCopies(100, step)
        .forEach(s -> world.failNext(s, FailureType.DBHUB_UNAVAILABLE, true));
    WorkflowStub run = start("bob:new");
    await().until(() -> world.calls.contains(step));

    cancel(run, "changed my mind");
    world.failNoMore(step);

    assertThatThrownBy(() -> run.getResult(Database.class))
        .satisfies(
            failure -> assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.CANCELLED));
    assertIsAsBefore();
  }

  @Test
  void aDbhubThatIsJustStartingIsAskedAgain() {
    world.failNext("VerifyThroughDbhub", FailureType.DBHUB_UNAVAILABLE, false);

    rotate("bob:new");

    assertThat(count("VerifyThroughDbhub")).isEqualTo(2);
  }

  private WorkflowStub start(String credentials) {
    RotateCredentials workflow = workflow();
    WorkflowClient.start(workflow::rotate, request(credentials));
    return WorkflowStub.fromTyped(workflow);
  }

  private Database rotate(String credentials) {
    return workflow().rotate(request(credentials));
  }

  private void assertFails(String credentials, FailureType type) {
    assertThatThrownBy(() -> rotate(credentials))
        .satisfies(failure -> assertThat(Failures.typeOf(failure)).isEqualTo(type));
  }

  private void assertIsAsBefore() {
    assertThat(connections.credentials).containsEntry(id, "ada:old");
    assertThat(world.nodes.get(id).definition()).isEqualTo(definition);
  }

  private RotateRequest request(String credentials) {
    return new RotateRequest(definition.ref(), new SealedCredentials(credentials));
  }

  private RotateCredentials workflow() {
    return stub(RotateCredentials.class, WorkflowIds.database(id));
  }

  private long count(String call) {
    return world.calls.stream().filter(call::equals).count();
  }
}
