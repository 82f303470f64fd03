package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.operations.OperationId;
import io.tas.dbhub.core.failure.FailureType;
import io.temporal.api.common.v1.WorkflowExecution;

/** The refusal of a change while another one is made. */
final class OperationProblems {
  private OperationProblems() {}

  static ProblemException running(WorkflowExecution execution) {
    return new ProblemException(
            FailureType.OPERATION_RUNNING, "Another operation of this database is running.")
        .withOperation(OperationId.of(execution).toString());
  }
}
