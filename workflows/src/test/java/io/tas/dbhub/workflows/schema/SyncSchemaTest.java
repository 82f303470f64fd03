package io.tas.dbhub.workflows.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.deprovision.DeprovisionRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schema.RejectChange;
import io.tas.dbhub.core.schema.SyncOrder;
import io.tas.dbhub.core.schema.SyncOutcome;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.core.schema.SyncRequest;
import io.tas.dbhub.core.schema.SyncSchema;
import io.tas.dbhub.workflows.ParkedWorkflow;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SyncSchemaTest extends WorkflowTest {
  private static final String NEW = "digest-of-the-new";

  private final DatabaseRef database = Samples.definition(UUID.randomUUID().toString()).ref();

  @Test
  void whoWaitsLearnsWhatWasFound() throws IOException {
    WorkflowStub run = start();

    assertThat(awaitSynced(run).outcome()).isEqualTo(SyncOutcome.UNCHANGED);

    assertThat(run.getResult(SyncReport.class).totals().columns()).isEqualTo(30);
    assertThat(schemas.orders).containsExactly(new SyncOrder(database, null));
    record("SyncSchema-unchanged", run);
  }

  @Test
  void aChangeThatWaitsIsAnOperationThatSaysWhatMayBeDecided() {
    schemas.changed = NEW;
    WorkflowStub run = start();

    ParkedStep parked = new ParkedWorkflow(run).awaitParked("Schema");

    assertThat(parked.code()).isEqualTo(ParkedStep.CHANGE);
    assertThat(parked.choices()).containsExactly(Choice.APPROVE, Choice.REJECT);
    assertThat(parked.message()).startsWith("1 tables or views added, 0 removed, 2 altered");
    assertThat(run.describe().getTypedSearchAttributes().get(SearchAttributes.OPERATION))
        .isEqualTo(SyncSchema.NAME);
    assertThat(awaitSynced(run).outcome())
        .as("nobody waits longer")
        .isEqualTo(SyncOutcome.AWAITING);
  }

  @Test
  void whatIsApprovedIsWhatWasFoundAndNothingElse() throws IOException {
    schemas.changed = NEW;
    WorkflowStub run = start();
    ParkedWorkflow parked = new ParkedWorkflow(run);
    parked.awaitParked("Schema");
    schemas.changed = "another-one";

    parked.decide(new Decision(Choice.APPROVE, null, null, "ada", null));

    await().until(() -> schemas.orders.contains(new SyncOrder(database, NEW)));
    decideWhenItWaits(parked, Choice.APPROVE);
    assertThat(run.getResult(SyncReport.class).outcome()).isEqualTo(SyncOutcome.CHANGED);
    parked.assertNotParked();
    record("SyncSchema-approved", run);
  }

  @Test
  void aRejectedChangeIsRememberedWithWhoAndWhy() throws IOException {
    schemas.changed = NEW;
    WorkflowStub run = start();
    ParkedWorkflow parked = new ParkedWorkflow(run);
    parked.awaitParked("Schema");
    parked.assertRefused(new Decision(Choice.REJECT, null, " ", "ada", null), FailureType.INVALID);

    parked.decide(Choice.REJECT);

    SyncReport report = run.getResult(SyncReport.class);
    assertThat(report.outcome()).isEqualTo(SyncOutcome.REJECTED);
    assertThat(report.version()).as("the catalogue stays").isEqualTo(1);
    assertThat(schemas.rejected)
        .containsExactly(new RejectChange(database, NEW, "ada", "seen by ada"));
    record("SyncSchema-rejected", run);
  }

  @Test
  void aStepsChoicesMakeNoSenseOfAChange() {
    schemas.changed = NEW;
    ParkedWorkflow parked = new ParkedWorkflow(start());
    parked.awaitParked("Schema");

    parked.assertRefused(
        new Decision(Choice.RETRY, null, null, "ada", null), FailureType.NOT_POSSIBLE_NOW);
  }

  @Test
  void whatNobodyDecidesIsLookedAtAgainTheNextDay() throws IOException {
    schemas.changed = NEW;
    WorkflowStub run = start();
    ParkedWorkflow parked = new ParkedWorkflow(run);
    parked.awaitParked("Schema");
    schemas.changed = "";

    temporal.sleep(Duration.ofHours(25));

    assertThat(run.getResult(SyncReport.class).outcome()).isEqualTo(SyncOutcome.UNCHANGED);
    parked.assertNotParked();
    record("SyncSchema-changed-back", run);
  }

  @Test
  void aChangeOfADatabaseThatGoesWaitsForNobody() throws IOException {
    schemas.changed = NEW;
    WorkflowStub run = start();
    new ParkedWorkflow(run).awaitParked("Schema");

    stub(DeprovisionDatabase.class, WorkflowIds.database(database.id()))
        .deprovision(DeprovisionRequest.whole(database));

    assertThat(run.getResult(SyncReport.class).outcome()).isEqualTo(SyncOutcome.AWAITING);
    record("SyncSchema-stopped", run);
  }

  @Test
  void aTargetThatFailsIsToldByTypeToWhoWaits() throws IOException {
    world.breakDown("SyncSchema", FailureType.CONNECTION_FAILED);
    WorkflowStub run = start();

    assertThatThrownBy(() -> awaitSynced(run))
        .satisfies(
            failure ->
                assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.CONNECTION_FAILED));
    assertThatThrownBy(() -> run.getResult(SyncReport.class))
        .satisfies(
            failure ->
                assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.CONNECTION_FAILED));
    record("SyncSchema-failed", run);
  }

  private static void decideWhenItWaits(ParkedWorkflow parked, Choice choice) {
    parked.awaitParked("Schema");
    parked.decide(choice);
  }

  private static SyncReport awaitSynced(WorkflowStub run) {
    return run.update("awaitSynced", SyncReport.class);
  }

  private WorkflowStub start() {
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            SyncSchema.NAME,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowId(WorkflowIds.schema(database.id()))
                .build());
    run.start(new SyncRequest(database));
    return run;
  }
}
