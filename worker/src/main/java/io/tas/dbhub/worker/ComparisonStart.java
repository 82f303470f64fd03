package io.tas.dbhub.worker;

import io.dropwizard.lifecycle.Managed;
import io.tas.dbhub.core.comparison.CompareInventory;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;

/** Makes sure that the one workflow that compares is there: whichever worker is first starts it. */
final class ComparisonStart implements Managed {
  private final WorkflowClient client;

  ComparisonStart(WorkflowClient client) {
    this.client = client;
  }

  /** Fails while Temporal is not there. */
  @Override
  public void start() {
    client
        .newUntypedWorkflowStub(
            CompareInventory.NAME,
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.COMPARISON)
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setStaticSummary("compares Kubernetes with the inventory")
                .build())
        .start();
  }
}
