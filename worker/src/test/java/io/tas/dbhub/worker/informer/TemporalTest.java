package io.tas.dbhub.worker.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.health.FirstChecks;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Sha256;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.EncodedValues;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.DynamicSignalHandler;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemporalTest {
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();
  private static final MonitorRequest REQUEST =
      MonitorRequest.managed(
          new ResourceRef("ns", "db-1"), new DatabaseRef("the-id", new Scope("t", "s")));

  private TestWorkflowEnvironment environment;
  private Temporal temporal;

  /** Notes what it is started as and told, until it is told to stop. */
  public static final class Recorder implements DynamicWorkflow {
    private boolean stopped;

    @Override
    public Object execute(EncodedValues arguments) {
      SEEN.add("start " + Workflow.getInfo().getWorkflowType());
      Workflow.registerListener(
          (DynamicSignalHandler)
              (signal, ignored) -> {
                SEEN.add(signal);
                stopped |= signal.equals("stop");
              });
      Workflow.await(() -> stopped);
      return "";
    }
  }

  @BeforeEach
  void start() {
    SEEN.clear();
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .registerSearchAttribute(
                    SearchAttributes.TENANT.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    SearchAttributes.SPACE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    SearchAttributes.DATABASE.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .setWorkerFactoryOptions(WorkerFactoryOptions.getDefaultInstance())
                .build());
    environment.newWorker(TaskQueues.WORKFLOWS).registerWorkflowImplementationTypes(Recorder.class);
    environment.start();
    temporal = new Temporal(environment.getWorkflowClient());
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void aMonitorIsStartedOnceAndToldOfChangesOnly() {
    temporal.tell(new Notice.ConnectionSeen("the-id", REQUEST));
    temporal.tell(new Notice.ConnectionSeen("the-id", REQUEST));
    temporal.tell(new Notice.ConnectionChanged("the-id", REQUEST));
    temporal.tell(new Notice.ConnectionMissing("the-id"));
    temporal.tell(new Notice.ConnectionGone("the-id"));

    await().atMost(Duration.ofSeconds(20)).until(() -> SEEN.contains("stop"));
    assertThat(SEEN)
        .containsExactly(
            "start " + MonitorDatabaseHealth.NAME,
            "connectionChanged",
            "connectionChanged",
            "stop");
    WorkflowStub monitor = environment.getWorkflowClient().newUntypedWorkflowStub("health-the-id");
    assertThat(monitor.describe().getTypedSearchAttributes().get(SearchAttributes.TENANT))
        .isEqualTo("t");
  }

  @Test
  void manyNewConnectionsAreOneWorkflowHoweverOftenTheyAreTold() {
    Notice.ConnectionNew one = new Notice.ConnectionNew("one", REQUEST);
    Notice.ConnectionNew other = new Notice.ConnectionNew("other", REQUEST);
    temporal.tellNew(List.of(one, other));
    temporal.tellNew(List.of(other, one));

    String id = WorkflowIds.firstChecks(Sha256.hex("one other").substring(0, 32));
    environment.getWorkflowClient().newUntypedWorkflowStub(id).signal("stop");
    await().atMost(Duration.ofSeconds(20)).until(() -> SEEN.contains("stop"));
    assertThat(SEEN).containsExactly("start " + FirstChecks.NAME, "stop");
  }

  @Test
  void whatNeverWasMonitoredNeedsNoStopAndGetsNoMonitor() {
    temporal.tell(new Notice.ConnectionGone("nobody"));
    temporal.tell(new Notice.ConnectionMissing("nobody"));

    assertThat(SEEN).isEmpty();
  }

  @Test
  void anInstanceThatIsOnlySeenIsStartedOnceAndNotDisturbed() {
    ResourceRef main = new ResourceRef("ns", "main");
    temporal.tell(new Notice.InstanceSeen(main));
    temporal.tell(new Notice.InstanceSeen(main));
    environment.getWorkflowClient().newUntypedWorkflowStub("instance-ns/main").signal("stop");

    await().atMost(Duration.ofSeconds(20)).until(() -> SEEN.contains("stop"));
    assertThat(SEEN).containsExactly("start " + ReconcileInstance.NAME, "stop");
  }

  @Test
  void anInstanceIsReconciledUnderItsOwnId() {
    temporal.tell(new Notice.InstanceChanged(new ResourceRef("ns", "main")));

    await().atMost(Duration.ofSeconds(20)).until(() -> SEEN.contains("changed"));
    assertThat(SEEN).containsExactly("start " + ReconcileInstance.NAME, "changed");
    environment.getWorkflowClient().newUntypedWorkflowStub("instance-ns/main").signal("stop");
  }
}
