package io.tas.dbhub.workflows.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.instance.ReconcileRequest;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReconcileInstanceTest extends WorkflowTest {
  private static final ResourceRef INSTANCE = new ResourceRef("tas-mcp-servers", "dbhub");

  @Test
  void whatIsServedIsWrittenDownOnlyOnceItIsRolledOut() {
    world.looksUntilRolledOut.set(2);
    start();

    await().until(() -> world.served.size() == 1);

    assertThat(world.calls)
        .containsExactly("ApplyInstance", "ObserveInstance", "ObserveInstance", "ObserveInstance");
    assertThat(world.served.get(0).endpoint()).isEqualTo("http://dbhub:8080");
  }

  @Test
  void aBurstOfChangesIsOneReconciliation() {
    ReconcileInstance workflow = start();
    await().until(() -> world.served.size() == 1);

    for (int i = 0; i < 20; i++) {
      workflow.changed();
    }
    await().until(() -> world.served.size() >= 2);
    temporal.sleep(Duration.ofMinutes(1));

    assertThat(world.calls.stream().filter("ApplyInstance"::equals).count())
        .as("the first, the look after it, and at most two for 20 changes at once")
        .isLessThanOrEqualTo(4);
  }

  @Test
  void afterAChangeItLooksOnceMoreAndThenOnlyForDrift() {
    start();
    await().until(() -> world.served.size() == 1);

    temporal.sleep(Duration.ofMinutes(1));
    assertThat(world.served).as("a node may have been made a moment too late").hasSize(2);
    temporal.sleep(Duration.ofMinutes(11));

    assertThat(world.served).hasSize(3);
  }

  @Test
  void aRefusalDoesNotEndIt() {
    world.failNext("ApplyInstance", FailureType.KUBERNETES_REFUSED, false);
    start();

    temporal.sleep(Duration.ofMinutes(11));

    assertThat(world.served).isNotEmpty();
  }

  @Test
  void itEndsWithTheInstanceAndServesNothingAnyMore() throws Exception {
    ReconcileInstance workflow = start();
    await().until(() -> world.served.size() == 1);
    world.instanceGone = true;
    workflow.changed();

    WorkflowStub.fromTyped(workflow).getResult(Void.class);

    assertThat(world.forgotten).containsExactly(INSTANCE);
    record("ReconcileInstance-gone", WorkflowStub.fromTyped(workflow));
  }

  @Test
  void anInstanceMadeAgainWhileItWasForgottenIsReconciled() {
    world.instanceGone = true;
    world.forgettingHeld = new CountDownLatch(1);
    ReconcileInstance workflow = start();
    await().until(() -> world.forgotten.size() == 1);

    world.instanceGone = false;
    workflow.changed();
    world.forgettingHeld.countDown();

    await().until(() -> world.served.size() == 1);
  }

  private ReconcileInstance start() {
    ReconcileInstance workflow =
        stub(ReconcileInstance.class, WorkflowIds.instance(INSTANCE.namespace(), INSTANCE.name()));
    WorkflowClient.start(workflow::reconcile, new ReconcileRequest(INSTANCE));
    return workflow;
  }
}
