package io.tas.dbhub.workflows.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.deprovision.DeprovisionRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeprovisionDatabaseTest extends WorkflowTest {
  private final String id = UUID.randomUUID().toString();
  private final DeprovisionRequest request = new DeprovisionRequest(Samples.definition(id).ref());

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
  void itGoesForwardUntilDoneThroughRefusalsAndCancellation() {
    world.failNext("DeleteSecret", FailureType.KUBERNETES_REFUSED, false);
    world.failNext("DeleteInventoryNode", FailureType.INVENTORY_UNAVAILABLE, true);
    DeprovisionDatabase workflow = workflow();
    WorkflowClient.start(workflow::deprovision, request);
    WorkflowStub running = WorkflowStub.fromTyped(workflow);

    await().until(() -> !world.calls.isEmpty());
    running.cancel();
    // Temporal calls it cancelled because somebody asked for that; it was finished all the same.
    assertThatThrownBy(() -> running.getResult(Void.class))
        .isInstanceOf(WorkflowFailedException.class);

    assertThat(world.isEmptyOf(id)).isTrue();
    assertThat(deletions()).endsWith("DeleteInventoryNode", "DeleteInventoryNode");
  }

  private DeprovisionDatabase workflow() {
    return stub(DeprovisionDatabase.class, WorkflowIds.database(id));
  }

  private List<String> deletions() {
    return world.calls.stream().filter(call -> call.startsWith("Delete")).toList();
  }
}
