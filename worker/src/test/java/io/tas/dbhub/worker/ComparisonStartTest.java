package io.tas.dbhub.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.comparison.CompareInventory;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.Test;

class ComparisonStartTest {
  @Test
  void everyWorkerStartsItAndThereIsOne() {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      ComparisonStart start = new ComparisonStart(environment.getWorkflowClient());
      WorkflowStub comparison =
          environment.getWorkflowClient().newUntypedWorkflowStub(WorkflowIds.COMPARISON);

      start.start();
      WorkflowExecutionDescription first = comparison.describe();
      start.start();

      assertThat(first.getWorkflowType()).isEqualTo(CompareInventory.NAME);
      assertThat(comparison.describe().getExecution()).isEqualTo(first.getExecution());
    }
  }
}
