package io.tas.dbhub.workflows.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.instance.ObservedInstance;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.instance.ReconcileRequest;
import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.workflows.FakeWorld;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  void changesThatNeverEndDoNotKeepARolloutFromBeingWrittenDown() throws Exception {
    world.looksPerRollout = 3;
    ReconcileInstance workflow = instance();
    world.onLook = workflow::changed;
    start(workflow);

    temporal.sleep(Duration.ofMinutes(1));

    assertThat(world.served).isNotEmpty();
    world.onLook = () -> {};
    world.instanceGone = true;
    workflow.changed();
    WorkflowStub.fromTyped(workflow).getResult(Void.class);
    record("ReconcileInstance-patient", WorkflowStub.fromTyped(workflow));
  }

  @Test
  void aRolloutThatTakesLongIsBrokenOffByAChange() {
    world.looksUntilRolledOut.set(Integer.MAX_VALUE);
    ReconcileInstance workflow = start();
    await().until(() -> world.calls.contains("ObserveInstance"));

    temporal.sleep(Duration.ofSeconds(30));
    long applied = world.calls.stream().filter("ApplyInstance"::equals).count();
    workflow.changed();
    temporal.sleep(Duration.ofSeconds(10));

    assertThat(applied).isEqualTo(1);
    assertThat(world.calls.stream().filter("ApplyInstance"::equals).count()).isEqualTo(2);
    assertThat(world.served).isEmpty();
  }

  @Test
  void aServerThatServesIsWrittenDownWhileAnotherIsStillRolling() {
    Source first = source("db-1").on("dbhub");
    Source second = source("db-2").on("dbhub-1");
    world.sources = List.of(first, second);
    world.looksUntilRolledOut.set(Integer.MAX_VALUE);
    world.rollingOut =
        new ObservedInstance(
            false, 0, "http://dbhub:8080", Map.of("dbhub", "http://a"), List.of("dbhub-1"));
    start();

    temporal.sleep(Duration.ofMinutes(1));

    assertThat(world.served)
        .containsExactly(
            new ServingReport(
                INSTANCE,
                "http://dbhub:8080",
                List.of(first),
                Map.of("dbhub", "http://a"),
                List.of("dbhub-1")));

    world.looksUntilRolledOut.set(0);
    await().until(() -> world.served.size() == 2);
    assertThat(world.served.get(1).sources()).containsExactly(first, second);
    assertThat(world.served.get(1).kept()).isEmpty();
  }

  @Test
  void anInstanceScaledToNothingServesNothing() {
    world.sources = List.of(source("db-1").on("dbhub"));
    world.rolledOut = new ObservedInstance(true, 0, "http://dbhub:8080", Map.of(), List.of());
    start();

    await().until(() -> world.served.size() == 1);

    assertThat(world.served.get(0).servers()).isEmpty();
    assertThat(world.served.get(0).kept()).isEmpty();
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

  private static Source source(String name) {
    return new Source(new ResourceRef(FakeWorld.NAMESPACE, name), "id-of-" + name, name);
  }

  private ReconcileInstance instance() {
    return stub(
        ReconcileInstance.class, WorkflowIds.instance(INSTANCE.namespace(), INSTANCE.name()));
  }

  private ReconcileInstance start() {
    ReconcileInstance workflow = instance();
    start(workflow);
    return workflow;
  }

  private static void start(ReconcileInstance workflow) {
    WorkflowClient.start(workflow::reconcile, new ReconcileRequest(INSTANCE));
  }
}
