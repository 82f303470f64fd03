package io.tas.dbhub.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.comparison.CompareInventory;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schema.KeepSchemas;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EverRunningTest {
  @ParameterizedTest
  @CsvSource({
    CompareInventory.NAME + "," + WorkflowIds.COMPARISON,
    KeepSchemas.NAME + "," + WorkflowIds.SCHEMAS
  })
  void everyWorkerStartsItAndThereIsOne(String type, String id) {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      EverRunning start = new EverRunning(environment.getWorkflowClient());
      WorkflowStub one = environment.getWorkflowClient().newUntypedWorkflowStub(id);

      start.start();
      WorkflowExecutionDescription first = one.describe();
      start.start();

      assertThat(first.getWorkflowType()).isEqualTo(type);
      assertThat(one.describe().getExecution()).isEqualTo(first.getExecution());
    }
  }
}
