package io.tas.dbhub.workflows.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.core.provision.ProvisionRequest;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvisionDatabaseTest extends WorkflowTest {
  private final String id = UUID.randomUUID().toString();

  @Test
  void secretResourceAndNodeAreMadeInThisOrderAndHealthFollows() {
    Database database = workflow().provision(Samples.request(id));

    assertThat(world.calls)
        .startsWith("CreateSecret", "CreateDatabaseResource", "CreateInventoryNode");
    assertThat(database.resource().name()).isEqualTo("db-" + id.substring(0, 8));
    await().until(() -> !world.recorded.isEmpty());
    assertThat(world.recorded.get(0).database()).isEqualTo(Samples.definition(id).ref());
  }

  @ParameterizedTest
  @CsvSource({
    "CreateSecret,false", "CreateSecret,true",
    "CreateDatabaseResource,false", "CreateDatabaseResource,true",
    "CreateInventoryNode,false", "CreateInventoryNode,true"
  })
  void aRefusedStepLeavesNothingBehindEvenWhenItTookEffect(String step, boolean afterEffect) {
    world.failNext(step, FailureType.KUBERNETES_REFUSED, afterEffect);

    assertThatThrownBy(() -> workflow().provision(Samples.request(id)))
        .satisfies(
            failure ->
                assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.KUBERNETES_REFUSED));

    assertThat(world.isEmptyOf(id)).as("nothing is left of %s: %s", id, world.calls).isTrue();
    assertThat(compensations())
        .as("undone in reverse order")
        .isEqualTo(expectedCompensations(step));
  }

  @ParameterizedTest
  @CsvSource({"CreateSecret", "CreateDatabaseResource", "CreateInventoryNode"})
  void aStepWhoseAnswerWasLostIsRepeatedAndTheConnectionExists(String step) {
    world.failNext(step, FailureType.KUBERNETES_UNAVAILABLE, true);
    world.failNext(step, FailureType.INVENTORY_UNAVAILABLE, false);

    workflow().provision(Samples.request(id));

    assertThat(world.secrets).containsExactly(id);
    assertThat(world.resources).containsExactly(id);
    assertThat(world.nodes).containsOnlyKeys(id);
  }

  @Test
  void aRepeatedRequestAnswersWhatTheFirstMadeAndCannotHarmIt() {
    Database first = workflow().provision(Samples.request(id));
    world.failNext("CreateSecret", FailureType.KUBERNETES_REFUSED, false);
    ProvisionRequest repeated =
        new ProvisionRequest(
            Samples.request(id).definition(), Samples.request(id).credentials(), true);

    assertThat(workflow().provision(repeated)).isEqualTo(first);
    assertThat(world.isEmptyOf(id)).isFalse();
    assertThat(compensations()).isEmpty();
  }

  @Test
  void aTakenNameIsTheAnswerOfTheUpdateOnceEverythingIsUndone() {
    world.failNext("CreateInventoryNode", FailureType.NAME_TAKEN, false);

    assertThatThrownBy(this::provisionWithEarlyReturn)
        .satisfies(
            failure -> assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.NAME_TAKEN));
    assertThat(world.isEmptyOf(id)).isTrue();
  }

  @Test
  void theUpdateAnswersAsSoonAsTheNodeExists() {
    Database database = provisionWithEarlyReturn();

    assertThat(database.id()).isEqualTo(id);
    assertThat(world.nodes).containsKey(id);
  }

  @Test
  void aCompensationThatFailsForAMomentIsRepeated() throws Exception {
    world.failNext("CreateInventoryNode", FailureType.NAME_TAKEN, false);
    world.failNext("DeleteSecret", FailureType.KUBERNETES_UNAVAILABLE, true);
    ProvisionDatabase workflow = workflow();
    WorkflowClient.start(workflow::provision, Samples.request(id));
    WorkflowStub running = WorkflowStub.fromTyped(workflow);

    assertThatThrownBy(() -> running.getResult(Database.class)).isNotNull();

    assertThat(world.isEmptyOf(id)).isTrue();
    assertThat(compensations()).endsWith("DeleteSecret", "DeleteSecret");
    record("ProvisionDatabase-compensated", running);
  }

  @Test
  void cancellingInTheMiddleUndoesWhatWasDone() throws Exception {
    for (int i = 0; i < 100; i++) {
      world.failNext("CreateDatabaseResource", FailureType.KUBERNETES_UNAVAILABLE, true);
    }
    ProvisionDatabase workflow = workflow();
    WorkflowClient.start(workflow::provision, Samples.request(id));
    WorkflowStub running = WorkflowStub.fromTyped(workflow);
    await().until(() -> world.resources.contains(id));

    running.cancel("changed my mind");

    assertThatThrownBy(() -> running.getResult(Database.class))
        .satisfies(
            failure -> assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.CANCELLED));
    assertThat(world.isEmptyOf(id)).isTrue();
    record("ProvisionDatabase-cancelled", running);
  }

  @Test
  void aMonitorThatAnInformerStartedFirstIsWokenInstead() {
    MonitorDatabaseHealth early = stub(MonitorDatabaseHealth.class, WorkflowIds.health(id));
    WorkflowClient.start(
        early::monitor,
        MonitorRequest.managed(
            new ResourceRef("tas-mcp-servers", "db-x"), Samples.definition(id).ref()));
    await().until(() -> world.recorded.size() == 1);

    workflow().provision(Samples.request(id));

    await().untilAsserted(() -> assertThat(world.recorded).hasSizeGreaterThanOrEqualTo(2));
  }

  private Database provisionWithEarlyReturn() {
    ProvisionDatabase workflow =
        client.newWorkflowStub(
            ProvisionDatabase.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowId(WorkflowIds.database(id))
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .build());
    return WorkflowClient.executeUpdateWithStart(
        workflow::awaitCreated,
        UpdateOptions.<Database>newBuilder().setWaitForStage(WorkflowUpdateStage.COMPLETED).build(),
        new WithStartWorkflowOperation<>(workflow::provision, Samples.request(id)));
  }

  private ProvisionDatabase workflow() {
    return stub(ProvisionDatabase.class, WorkflowIds.database(id));
  }

  private List<String> compensations() {
    return world.calls.stream().filter(call -> call.startsWith("Delete")).toList();
  }

  private static List<String> expectedCompensations(String failedStep) {
    return switch (failedStep) {
      case "CreateSecret" -> List.of("DeleteSecret");
      case "CreateDatabaseResource" -> List.of("DeleteDatabaseResource", "DeleteSecret");
      default -> List.of("DeleteInventoryNode", "DeleteDatabaseResource", "DeleteSecret");
    };
  }
}
