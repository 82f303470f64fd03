package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.connectiontest.TestConnection;
import io.tas.dbhub.core.connectiontest.TestRequest;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.ProbeActivities;
import io.tas.dbhub.core.health.ProbeOutcome;
import io.tas.dbhub.core.health.ProbeRequest;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.worker.TaskQueueWorkers;
import io.tas.dbhub.worker.config.SlotsFactory;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two builds of the worker at once, in a namespace of their own. */
@ExtendWith(RealSystem.class)
class WorkerVersioningTest {
  private static final String NAMESPACE = "versioning";
  private static final String DEPLOYMENT = "dbhub-workers";

  private final TestSystem system;
  private final WorkflowClient client;
  private final Build a = new Build("a");
  private final Build b = new Build("b");

  WorkerVersioningTest(TestSystem system) {
    this.system = system;
    this.client = system.temporal(system.extraNamespace(NAMESPACE));
  }

  @AfterEach
  void stop() {
    a.close();
    b.close();
  }

  @Test
  void whatABuildBeganItFinishesAndWhatBeginsLaterGoesToTheNewOne() {
    a.start();
    makeCurrent(a);
    WorkflowStub begunOnA = begin();
    await().atMost(Tenant.PATIENCE).until(() -> a.asked.getCount() == 0);

    b.start();
    makeCurrent(b);
    WorkflowStub begunOnB = begin();
    await().atMost(Tenant.PATIENCE).until(() -> b.asked.getCount() == 0);
    b.answer.countDown();
    assertThat(begunOnB.getResult(Diagnosis.class).serverVersion()).isEqualTo("b");

    // As deploy/temporal/README.md looks for what an old build still has to do.
    await()
        .atMost(Tenant.PATIENCE)
        .until(
            () ->
                client
                        .countWorkflows(
                            "TemporalWorkerDeploymentVersion = '"
                                + DEPLOYMENT
                                + ":a' AND ExecutionStatus = 'Running'")
                        .getCount()
                    == 1);
    // The figure that an alert is about counts pollers of every build.
    assertThat(pollers()).isPositive();

    a.answer.countDown();
    assertThat(begunOnA.getResult(Diagnosis.class).serverVersion()).isEqualTo("a");
    assertThat(buildsOf(begunOnA)).isNotEmpty().containsOnly("a");
    assertThat(buildsOf(begunOnB)).isNotEmpty().containsOnly("b");
  }

  private WorkflowStub begin() {
    String id = UUID.randomUUID().toString();
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            TestConnection.NAME,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowId(WorkflowIds.test(id))
                .build());
    Scope scope = new Scope("acme", "default");
    workflow.start(
        new TestRequest(
            id,
            scope,
            new Target(DatabaseType.POSTGRES, "h", 5432, "d", SslMode.DISABLE, 30, 15),
            system.keys().sealer().seal(new Credentials("app", "pw"), scope.tenantId(), id)));
    return workflow;
  }

  /** Fails until Temporal knows the build's pollers. */
  private void makeCurrent(Build build) {
    await()
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                system
                        .temporal()
                        .blockingStub()
                        .setWorkerDeploymentCurrentVersion(
                            SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                                .setNamespace(NAMESPACE)
                                .setDeploymentName(DEPLOYMENT)
                                .setBuildId(build.name)
                                .setIdentity("test")
                                .build())
                    != null);
  }

  private int pollers() {
    return system
        .temporal()
        .blockingStub()
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setTaskQueue(TaskQueue.newBuilder().setName(TaskQueues.WORKFLOWS))
                .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                .build())
        .getPollersCount();
  }

  /** Which builds did the workflow's tasks, in their order. */
  private List<String> buildsOf(WorkflowStub workflow) {
    return client
        .fetchHistory(workflow.getExecution().getWorkflowId())
        .getHistory()
        .getEventsList()
        .stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
        .map(
            event ->
                event.getWorkflowTaskCompletedEventAttributes().getDeploymentVersion().getBuildId())
        .toList();
  }

  /** A worker that answers a probe with its own name when it is let. */
  private final class Build implements ProbeActivities, AutoCloseable {
    private final String name;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private Optional<TaskQueueWorkers> workers = Optional.empty();

    Build(String name) {
      this.name = name;
    }

    void start() {
      SlotsFactory slots = new SlotsFactory();
      Map<String, List<Object>> activities =
          Stream.concat(slots.byTaskQueue().keySet().stream(), Stream.of(TaskQueues.WORKFLOWS))
              .collect(
                  Collectors.toMap(
                      Function.identity(),
                      queue -> queue.equals(TaskQueues.JDBC) ? List.of(this) : List.of()));
      workers =
          Optional.of(
              new TaskQueueWorkers(
                  client,
                  slots,
                  Optional.of(new WorkerDeploymentVersion(DEPLOYMENT, name)),
                  WorkerFactoryOptions.getDefaultInstance(),
                  activities));
      workers.get().start();
    }

    @Override
    public Diagnosis test(TestRequest request) {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Diagnosis(true, List.of(), name, "d", 0L, true, 1);
    }

    @Override
    public ProbeOutcome probe(ProbeRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      answer.countDown();
      workers.ifPresent(TaskQueueWorkers::stop);
    }
  }
}
