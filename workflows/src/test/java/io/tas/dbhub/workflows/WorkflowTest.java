package io.tas.dbhub.workflows;

import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A time-skipping Temporal with every workflow registered and the outside world faked. */
public abstract class WorkflowTest {
  protected final FakeWorld world = new FakeWorld();
  protected TestWorkflowEnvironment temporal;
  protected WorkflowClient client;

  @BeforeEach
  void start() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .registerSearchAttribute(
                    SearchAttributes.TENANT.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    SearchAttributes.SPACE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    SearchAttributes.DATABASE.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    SearchAttributes.OPERATION.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    SearchAttributes.PHASE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    SearchAttributes.ATTENTION.getName(), IndexedValueType.INDEXED_VALUE_TYPE_BOOL)
                .build());
    Worker workflows = temporal.newWorker(TaskQueues.WORKFLOWS);
    WorkflowTypes.ALL.forEach(workflows::registerWorkflowImplementationTypes);
    for (String queue : List.of(TaskQueues.KUBERNETES, TaskQueues.INVENTORY, TaskQueues.JDBC)) {
      temporal.newWorker(queue).registerActivitiesImplementations(world);
    }
    temporal.start();
    client = temporal.getWorkflowClient();
  }

  @AfterEach
  void stop() {
    temporal.close();
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
