package io.tas.dbhub.workflows.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.deprovision.DeprovisionRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.workflows.ParkedWorkflow;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Exactly one entry for each operation and each decision, whatever becomes of it. */
class AuditTrailTest extends WorkflowTest {
  private final String id = UUID.randomUUID().toString();

  @Test
  void anOperationIsOneEntryThatTellsWhoAndFromWhere() {
    WorkflowStub run =
        provision(
            Map.of(
                Memos.REQUESTED_BY, "ada",
                Memos.REQUESTED_FROM, "10.0.0.1",
                Memos.DATABASE_NAME, "orders"));
    run.getResult(Database.class);

    AuditEntry entry = onlyEntry();

    assertThat(entry.actor()).isEqualTo("ada");
    assertThat(entry.source()).isEqualTo("10.0.0.1");
    assertThat(entry.action()).isEqualTo(ProvisionDatabase.NAME);
    assertThat(entry.objectId()).isEqualTo(id);
    assertThat(entry.objectName()).isEqualTo("orders");
    assertThat(entry.scope()).isEqualTo(Samples.definition(id).scope());
    assertThat(entry.outcome()).isEqualTo(AuditOutcome.SUCCEEDED);
    assertThat(entry.operation()).startsWith(WorkflowIds.database(id) + "~");
  }

  @Test
  void aWorkflowStartedByHandIsAuditedToo() {
    provision(Map.of()).getResult(Database.class);

    assertThat(onlyEntry().actor()).isEmpty();
    assertThat(onlyEntry().objectName()).isEmpty();
  }

  @Test
  void whatFailedSaysWhy() {
    world.failNext("CreateInventoryNode", FailureType.NAME_TAKEN, false);
    WorkflowStub run = provision(Map.of());

    assertThatThrownBy(() -> run.getResult(Database.class)).isNotNull();

    assertThat(onlyEntry().outcome()).isEqualTo(AuditOutcome.FAILED);
    assertThat(onlyEntry().detail()).isEqualTo("NameTaken: planned for the test");
  }

  @Test
  void whatWasCancelledSaysTheReason() {
    CountDownLatch node = world.hold("CreateInventoryNode");
    WorkflowStub run = provision(Map.of());
    await().until(() -> world.calls.contains("CreateInventoryNode"));
    cancel(run, "changed my mind");
    node.countDown();

    assertThatThrownBy(() -> run.getResult(Database.class)).isNotNull();

    assertThat(onlyEntry().outcome()).isEqualTo(AuditOutcome.CANCELLED);
    assertThat(onlyEntry().detail()).isEqualTo("Cancelled: changed my mind");
    assertThat(world.isEmptyOf(id)).isTrue();
  }

  @Test
  void everyDecisionIsAnEntryOfItsOwn() {
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    world.breakDown("DeleteInventoryNode", FailureType.KUBERNETES_REFUSED);
    DeprovisionDatabase workflow = stub(DeprovisionDatabase.class, WorkflowIds.database(id));
    WorkflowClient.start(
        workflow::deprovision, DeprovisionRequest.whole(Samples.definition(id).ref()));
    ParkedWorkflow parked = new ParkedWorkflow(WorkflowStub.fromTyped(workflow));
    parked.awaitParked("DeleteSecret");
    parked.decide(Choice.SKIP);
    parked.awaitParked("DeleteInventoryNode");
    parked.decide(Choice.ABANDON);

    assertThatThrownBy(() -> parked.run().getResult(Void.class)).isNotNull();

    assertThat(world.journal)
        .extracting(AuditEntry::action)
        .containsExactly("Decide", "Decide", DeprovisionDatabase.NAME);
    assertThat(world.journal)
        .extracting(AuditEntry::outcome)
        .containsExactly(AuditOutcome.SUCCEEDED, AuditOutcome.SUCCEEDED, AuditOutcome.ABANDONED);
    assertThat(world.journal)
        .extracting(AuditEntry::detail)
        .startsWith("skip DeleteSecret: seen by ada", "abandon DeleteInventoryNode: seen by ada");
    assertThat(world.journal.get(0).actor()).isEqualTo("ada");
    assertThat(world.journal.get(0).source()).isEqualTo("10.0.0.1");
    assertThat(world.journal).extracting(AuditEntry::id).doesNotHaveDuplicates();
  }

  @Test
  void aJournalThatIsDownHoldsNothingUpAndGetsItsEntryLater() throws Exception {
    world.breakDown("AppendAudit", FailureType.JOURNAL_UNAVAILABLE);
    WorkflowStub run = provision(Map.of());

    run.getResult(Database.class);

    assertThat(world.journal).isEmpty();
    record("ProvisionDatabase-journal-down", run);
    world.mend("AppendAudit");
    AuditEntry entry = onlyEntry();
    assertThat(entry.action()).isEqualTo(ProvisionDatabase.NAME);
    WorkflowStub delivery = client.newUntypedWorkflowStub(WorkflowIds.audit(entry.id()));
    delivery.getResult(Void.class);
    record("DeliverAudit-delivered", delivery);
  }

  private AuditEntry onlyEntry() {
    await().until(() -> !world.journal.isEmpty());
    assertThat(world.journal).hasSize(1);
    return world.journal.get(0);
  }

  private WorkflowStub provision(Map<String, Object> memo) {
    ProvisionDatabase workflow =
        client.newWorkflowStub(
            ProvisionDatabase.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowId(WorkflowIds.database(id))
                .setMemo(memo)
                .build());
    WorkflowClient.start(workflow::provision, Samples.request(id));
    return WorkflowStub.fromTyped(workflow);
  }
}
