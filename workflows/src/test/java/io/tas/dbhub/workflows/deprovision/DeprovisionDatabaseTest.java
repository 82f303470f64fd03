package io.tas.dbhub.workflows.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.deprovision.DeprovisionRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.workflows.ParkedWorkflow;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.tas.dbhub.workflows.steps.Lefts;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeprovisionDatabaseTest extends WorkflowTest {
  private final String id = UUID.randomUUID().toString();
  private final DeprovisionRequest request = DeprovisionRequest.whole(Samples.definition(id).ref());

  @Test
  void resourceSecretAndNodeGoInThisOrderAndHealthEnds() {
    stub(ProvisionDatabase.class, WorkflowIds.database(id)).provision(Samples.request(id));
    await().until(() -> !world.recorded.isEmpty());

    workflow().deprovision(request);

    assertThat(world.isEmptyOf(id)).isTrue();
    assertThat(deletions())
        .containsExactly("DeleteDatabaseResource", "DeleteSecret", "DeleteInventoryNode");
    WorkflowStub.fromTyped(
            client.newWorkflowStub(MonitorDatabaseHealth.class, WorkflowIds.health(id)))
        .getResult(Void.class);
  }

  @Test
  void whatIsGoneAlreadyIsFine() {
    workflow().deprovision(request);

    assertThat(deletions())
        .containsExactly("DeleteDatabaseResource", "DeleteSecret", "DeleteInventoryNode");
  }

  @Test
  void whatBecameWholeAgainIsNotTakenForLeftovers() {
    stub(ProvisionDatabase.class, WorkflowIds.database(id)).provision(Samples.request(id));

    assertThatThrownBy(
            () -> workflow().deprovision(DeprovisionRequest.leftovers(request.database())))
        .satisfies(
            failure ->
                assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.NOT_POSSIBLE_NOW));
    assertThat(deletions()).isEmpty();
  }

  @Test
  void whatIsLeftOfADatabaseWithoutANodeGoes() {
    stub(ProvisionDatabase.class, WorkflowIds.database(id)).provision(Samples.request(id));
    world.nodes.remove(id);

    workflow().deprovision(DeprovisionRequest.leftovers(request.database()));

    assertThat(world.isEmptyOf(id)).isTrue();
  }

  @Test
  void theSecretStaysUntilNothingServesTheDatabaseAnyMore() {
    world.serving.put(id, List.of(new ResourceRef("tas-mcp-servers", "dbhub")));

    workflow().deprovision(request);

    assertThat(world.calls)
        .containsSubsequence(
            "DeleteDatabaseResource",
            "FindServingInstances",
            "FindServingInstances",
            "DeleteSecret",
            "DeleteInventoryNode");
  }

  @Test
  void itGoesForwardThroughOutagesAndCancellation() throws Exception {
    world.failNext("DeleteSecret", FailureType.KUBERNETES_UNAVAILABLE, false);
    world.failNext("DeleteInventoryNode", FailureType.INVENTORY_UNAVAILABLE, true);
    CountDownLatch first = world.hold("DeleteDatabaseResource");
    WorkflowStub running = start();
    await().until(() -> !world.calls.isEmpty());

    running.cancel("changed my mind");
    first.countDown();

    // Temporal calls it cancelled because somebody asked for that; it was finished all the same.
    assertThatThrownBy(() -> running.getResult(Void.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(world.isEmptyOf(id)).isTrue();
    assertThat(deletions()).endsWith("DeleteInventoryNode", "DeleteInventoryNode");
    record("DeprovisionDatabase-cancelled", running);
  }

  @ParameterizedTest
  @CsvSource({
    "DeleteDatabaseResource,DeleteDatabaseResource,4",
    "FindServingInstances,AwaitWithdrawal,3",
    "DeleteSecret,DeleteSecret,2",
    "DeleteInventoryNode,DeleteInventoryNode,1"
  })
  void aRefusedStepWaitsForAPersonAndListsWhatIsLeftFromItOn(String activity, String step, int left)
      throws Exception {
    world.breakDown(activity, FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = new ParkedWorkflow(start());

    assertThat(workflow.awaitParked(step).left()).hasSize(left);
    world.mend(activity);
    workflow.decide(Choice.RETRY);

    workflow.run().getResult(Void.class);
    assertThat(deletions()).contains("DeleteSecret").endsWith("DeleteInventoryNode");
    workflow.assertNotParked();
    record("DeprovisionDatabase-" + step + "-parked-retry", workflow.run());
  }

  @Test
  void whatWasDoneByHandIsSkipped() throws Exception {
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = new ParkedWorkflow(start());
    workflow.awaitParked("DeleteSecret");

    workflow.decide(Choice.SKIP);

    workflow.run().getResult(Void.class);
    assertThat(deletions()).endsWith("DeleteSecret", "DeleteInventoryNode");
    assertThat(world.leftovers).isEmpty();
    record("DeprovisionDatabase-parked-skip", workflow.run());
  }

  @Test
  void whatIsAbandonedStaysAndIsListed() throws Exception {
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = new ParkedWorkflow(start());
    workflow.awaitParked("DeleteSecret");

    workflow.decide(Choice.ABANDON);

    assertThatThrownBy(() -> workflow.run().getResult(Void.class))
        .satisfies(
            failure -> assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.ABANDONED));
    assertThat(world.leftovers)
        .extracting(Leftover::what)
        .containsExactly(Lefts.secret(request.database()), Lefts.node(request.database()));
    assertThat(world.calls).doesNotContain("DeleteInventoryNode");
    workflow.assertNotParked();
    record("DeprovisionDatabase-parked-abandon", workflow.run());
  }

  @Test
  void aDBHubThatDoesNotLetGoHoldsTheSecretUntilAPersonHasLooked() {
    world.servedForEver = true;
    world.serving.put(id, List.of(new ResourceRef("tas-mcp-servers", "dbhub")));
    ParkedWorkflow workflow = new ParkedWorkflow(start());
    await().until(() -> world.calls.contains("FindServingInstances"));
    temporal.sleep(Duration.ofMinutes(11));

    ParkedStep parked = workflow.awaitParked("AwaitWithdrawal");

    assertThat(parked.code()).isEqualTo(FailureType.TIMEOUT.wireName());
    assertThat(parked.left().get(0))
        .isEqualTo("what is served by DBHubInstance tas-mcp-servers/dbhub");
    assertThat(world.calls).doesNotContain("DeleteSecret");
    world.serving.clear();
    workflow.decide(Choice.RETRY);
    workflow.run().getResult(Void.class);
    assertThat(deletions()).endsWith("DeleteSecret", "DeleteInventoryNode");
  }

  @Test
  void aDBHubThatIsKnownToBeGoneCanBeSkipped() {
    world.servedForEver = true;
    world.serving.put(id, List.of(new ResourceRef("tas-mcp-servers", "dbhub")));
    ParkedWorkflow workflow = new ParkedWorkflow(start());
    await().until(() -> world.calls.contains("FindServingInstances"));
    temporal.sleep(Duration.ofMinutes(11));
    workflow.awaitParked("AwaitWithdrawal");

    workflow.decide(Choice.SKIP);

    workflow.run().getResult(Void.class);
    assertThat(deletions()).endsWith("DeleteSecret", "DeleteInventoryNode");
  }

  private WorkflowStub start() {
    DeprovisionDatabase workflow = workflow();
    WorkflowClient.start(workflow::deprovision, request);
    return WorkflowStub.fromTyped(workflow);
  }

  private DeprovisionDatabase workflow() {
    return stub(DeprovisionDatabase.class, WorkflowIds.database(id));
  }

  private List<String> deletions() {
    return world.calls.stream().filter(call -> call.startsWith("Delete")).toList();
  }
}
