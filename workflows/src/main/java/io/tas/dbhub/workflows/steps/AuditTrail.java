package io.tas.dbhub.workflows.steps;

import io.tas.dbhub.core.audit.AuditEntries;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditJournal;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.audit.DeliverAudit;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operation tells the journal. A journal that is down holds nothing up: what it misses is
 * left to a workflow of its own, which tries until it is written.
 */
public final class AuditTrail {
  private static final String CHANGE = "audit";

  private final DatabaseRef database;
  private final AuditJournal journal =
      Workflow.newActivityStub(AuditJournal.class, ActivityOptionSets.audit("Audit"));

  public AuditTrail(DatabaseRef database) {
    this.database = database;
  }

  /** The operation has come to its end. */
  void settled(AuditOutcome outcome, String detail) {
    record(
        memo(Memos.REQUESTED_BY),
        Workflow.getInfo().getWorkflowType(),
        outcome,
        detail,
        memo(Memos.REQUESTED_FROM));
  }

  /** Somebody decided about a parked step. */
  void decided(ParkedStep parked, Decision decision) {
    record(
        text(decision.actor()),
        "Decide",
        AuditOutcome.SUCCEEDED,
        "%s %s: %s"
            .formatted(decision.decision().wireName(), parked.step(), text(decision.reason())),
        text(decision.source()));
  }

  private void record(
      String actor, String action, AuditOutcome outcome, String detail, String source) {
    if (Workflow.getVersion(CHANGE, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
      return;
    }
    WorkflowInfo info = Workflow.getInfo();
    AuditEntry entry =
        new AuditEntry(
            Workflow.randomUUID().toString(),
            Instant.ofEpochMilli(Workflow.currentTimeMillis()),
            database.scope(),
            actor,
            action,
            database.id(),
            memo(Memos.DATABASE_NAME),
            outcome,
            WorkflowIds.operation(info.getWorkflowId(), info.getRunId()),
            detail,
            source);
    Workflow.newDetachedCancellationScope(() -> deliver(entry)).run();
  }

  private void deliver(AuditEntry entry) {
    AuditEntries entries = new AuditEntries(List.of(entry));
    try {
      journal.append(entries);
    } catch (ActivityFailure down) {
      DeliverAudit later =
          Workflow.newChildWorkflowStub(
              DeliverAudit.class,
              ChildWorkflowOptions.newBuilder()
                  .setWorkflowId(WorkflowIds.audit(entry.id()))
                  .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                  .setStaticSummary("Audit of " + entry.action() + " " + entry.objectName())
                  .build());
      Async.procedure(later::deliver, entries);
      try {
        Workflow.getWorkflowExecution(later).get();
      } catch (ChildWorkflowFailure running) {
        // Its id is the entry's: it is being delivered.
      }
    }
  }

  private static String memo(String name) {
    return text((String) Workflow.getMemo(name, String.class));
  }

  private static String text(@Nullable String text) {
    return Optional.ofNullable(text).orElse("");
  }
}
