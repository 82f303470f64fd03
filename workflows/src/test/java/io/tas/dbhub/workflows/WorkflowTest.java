package io.tas.dbhub.workflows;

import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A time-skipping Temporal with every workflow registered and the outside world faked. */
public abstract class WorkflowTest {
  protected final FakeWorld world = new FakeWorld();
  protected final FakeConnections connections = new FakeConnections(world);
  protected final FakeManifests manifests = new FakeManifests(world);
  protected final FakeFirstChecks firstChecks = new FakeFirstChecks(world);
  protected final FakeSchemas schemas = new FakeSchemas(world);
  protected final FakeScheduledWork scheduled = new FakeScheduledWork(world);
  protected final FakeBatchWork batch = new FakeBatchWork(world);
  protected TestWorkflowEnvironment temporal;
  protected WorkflowClient client;

  @BeforeEach
  void start() {
    TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
    SearchAttributes.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    Worker workflows = temporal.newWorker(TaskQueues.WORKFLOWS);
    WorkflowTypes.ALL.forEach(workflows::registerWorkflowImplementationTypes);
    workflows.registerActivitiesImplementations(new FakeQuietChecks(world));
    for (String queue :
        List.of(
            TaskQueues.KUBERNETES,
            TaskQueues.INVENTORY,
            TaskQueues.JDBC,
            TaskQueues.FIRST_CHECKS,
            TaskQueues.DBHUB,
            TaskQueues.SCHEMA,
            TaskQueues.SCHEDULES,
            TaskQueues.BATCHES,
            TaskQueues.QUERIES,
            TaskQueues.WEBHOOKS,
            TaskQueues.JOURNAL)) {
      temporal
          .newWorker(queue)
          .registerActivitiesImplementations(
              world, connections, manifests, firstChecks, schemas, scheduled, batch);
    }
    temporal.start();
    client = temporal.getWorkflowClient();
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  /**
   * Keeps the history of a run for the replay in every later build, where this is asked for. For
   * ways that are hard to bring about on the real system.
   *
   * @param name of the file, without {@code .json}
   */
  protected void record(String name, WorkflowStub run) throws IOException {
    String folder = System.getProperty("histories.record");
    if (folder != null) {
      WorkflowExecution execution = run.describe().getExecution();
      String history =
          client.fetchHistory(execution.getWorkflowId(), execution.getRunId()).toJson(true);
      Files.writeString(Files.createDirectories(Path.of(folder)).resolve(name + ".json"), history);
    }
  }

  /** Cancels a run, and waits until the call that is under way in it was told. */
  protected void cancel(WorkflowStub run, String reason) {
    run.cancel(reason);
    await()
        .until(
            () ->
                client.fetchHistory(run.getExecution().getWorkflowId()).getEvents().stream()
                    .anyMatch(HistoryEvent::hasActivityTaskCancelRequestedEventAttributes));
  }

  protected <T> T stub(Class<T> type, String workflowId) {
    return client.newWorkflowStub(
        type,
        WorkflowOptions.newBuilder()
            .setTaskQueue(TaskQueues.WORKFLOWS)
            .setWorkflowId(workflowId)
            .build());
  }
}
