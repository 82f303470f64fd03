package io.tas.dbhub.workflows.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schema.KeepSchemas;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepSchemasTest extends WorkflowTest {
  @Test
  void whatIsDueIsStartedAtOnceAndAgainEachMinute() throws IOException {
    WorkflowStub run = start();
    await().until(() -> starts() == 1);

    temporal.sleep(Duration.ofSeconds(150));

    await().untilAsserted(() -> assertThat(starts()).isEqualTo(3));
    record("KeepSchemas-running", run);
  }

  @Test
  void anOutageEndsNothing() {
    world.failNext("StartDueSyncs", FailureType.INVALID, false);
    start();

    temporal.sleep(Duration.ofSeconds(90));

    await().until(() -> starts() >= 2);
  }

  private long starts() {
    return world.calls.stream().filter("StartDueSyncs"::equals).count();
  }

  private WorkflowStub start() {
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            KeepSchemas.NAME,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowId(WorkflowIds.SCHEMAS)
                .build());
    run.start();
    return run;
  }
}
