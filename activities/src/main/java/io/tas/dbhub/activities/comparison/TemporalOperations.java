package io.tas.dbhub.activities.comparison;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;

/** Asks Temporal itself, not its index, which lags behind. Thread-safe. */
public final class TemporalOperations implements Operations {
  private final WorkflowClient client;

  public TemporalOperations(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public Latest latest(String databaseId) {
    try {
      WorkflowExecutionDescription found =
          client.newUntypedWorkflowStub(WorkflowIds.database(databaseId)).describe();
      return new Latest(
          found.getExecution().getRunId(),
          found.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    } catch (WorkflowNotFoundException e) {
      return new Latest("", false);
    } catch (WorkflowServiceException e) {
      throw Failures.of(FailureType.TEMPORAL_UNAVAILABLE, "Temporal cannot be asked");
    }
  }
}
