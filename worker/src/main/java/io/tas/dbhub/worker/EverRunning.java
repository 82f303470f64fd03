package io.tas.dbhub.worker;

import io.dropwizard.lifecycle.Managed;
import io.tas.dbhub.core.comparison.CompareInventory;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schema.KeepSchemas;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;

/**
 * Makes sure that the workflows of which there is one, for ever, are there: whichever worker is
 * first starts them.
 */
final class EverRunning implements Managed {
  private final WorkflowClient client;

  EverRunning(WorkflowClient client) {
    this.client = client;
  }

  /** Fails while Temporal is not there. */
  @Override
  public void start() {
    start(CompareInventory.NAME, WorkflowIds.COMPARISON, "compares Kubernetes with the inventory");
    start(KeepSchemas.NAME, WorkflowIds.SCHEMAS, "has schemas read when they are due");
  }

  private void start(String type, String id, String summary) {
    client
        .newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setStaticSummary(summary)
                .build())
        .start();
  }
}
