package io.tas.dbhub.workflows.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.comparison.CompareInventory;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompareInventoryTest extends WorkflowTest {

  @Test
  void itComparesAtOnceAndThenEveryQuarterOfAnHour() throws IOException {
    CompareInventory workflow = start();
    await().until(() -> connections.comparisons.get() == 1);

    temporal.sleep(Duration.ofMinutes(46));

    assertThat(connections.comparisons).hasValue(4);
    record("CompareInventory-running", WorkflowStub.fromTyped(workflow));
  }

  @Test
  void whoAsksIsAnsweredWithWhatIsFoundNow() {
    CompareInventory workflow = start();
    await().until(() -> connections.comparisons.get() == 1);

    assertThat(workflow.compareNow().leftovers()).isEqualTo(2);

    assertThat(connections.comparisons).hasValue(2);
  }

  @Test
  void aRefusalIsToldToWhoAskedAndDoesNotEndIt() {
    CompareInventory workflow = start();
    await().until(() -> connections.comparisons.get() == 1);
    world.failNext("CompareConnections", FailureType.KUBERNETES_REFUSED, false);

    assertThatThrownBy(workflow::compareNow)
        .satisfies(
            failure ->
                assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.KUBERNETES_REFUSED));

    assertThat(workflow.compareNow().connections()).isEqualTo(3);
  }

  @Test
  void anOutageIsWaitedOut() {
    for (int i = 0; i < 20; i++) {
      world.failNext("CompareConnections", FailureType.INVENTORY_UNAVAILABLE, false);
    }

    CompareInventory workflow = start();
    // Time is not skipped while an update is waited for.
    temporal.sleep(Duration.ofMinutes(10));

    assertThat(workflow.compareNow().incomplete()).isEqualTo(1);
  }

  @Test
  void itGoesOnAsANewRunAndForgetsNobodyWhoAsked() {
    CompareInventory workflow = start();
    String first = WorkflowStub.fromTyped(workflow).getExecution().getRunId();

    temporal.sleep(Duration.ofDays(12));

    CompareInventory running =
        client.newWorkflowStub(CompareInventory.class, WorkflowIds.COMPARISON);
    assertThat(running.compareNow().connections()).isEqualTo(3);
    assertThat(WorkflowStub.fromTyped(running).describe().getExecution().getRunId())
        .isNotEqualTo(first);
  }

  private CompareInventory start() {
    CompareInventory workflow = stub(CompareInventory.class, WorkflowIds.COMPARISON);
    WorkflowClient.start(workflow::compareForEver);
    return workflow;
  }
}
