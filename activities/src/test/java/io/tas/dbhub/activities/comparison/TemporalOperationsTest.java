package io.tas.dbhub.activities.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.Test;

class TemporalOperationsTest {
  @Test
  void theLatestOperationIsToldWithWhetherItRuns() {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      Operations operations = new TemporalOperations(environment.getWorkflowClient());
      assertThat(operations.latest("id")).isEqualTo(new Operations.Latest("", false));

      WorkflowStub operation =
          environment
              .getWorkflowClient()
              .newUntypedWorkflowStub(
                  "Any",
                  WorkflowOptions.newBuilder()
                      .setWorkflowId(WorkflowIds.database("id"))
                      .setTaskQueue("nobody")
                      .build());
      String runId = operation.start().getRunId();
      assertThat(operations.latest("id")).isEqualTo(new Operations.Latest(runId, true));

      operation.terminate("enough");
      assertThat(operations.latest("id")).isEqualTo(new Operations.Latest(runId, false));
    }
  }
}
