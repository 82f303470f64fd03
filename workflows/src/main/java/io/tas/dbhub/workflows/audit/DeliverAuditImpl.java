package io.tas.dbhub.workflows.audit;

import io.tas.dbhub.core.audit.AuditEntries;
import io.tas.dbhub.core.audit.AuditJournal;
import io.tas.dbhub.core.audit.DeliverAudit;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowVersioningBehavior;

/** Tries until it is written. */
public final class DeliverAuditImpl implements DeliverAudit {
  private final AuditJournal journal =
      Workflow.newActivityStub(AuditJournal.class, ActivityOptionSets.record(TaskQueues.JOURNAL));

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public void deliver(AuditEntries entries) {
    Workflow.setCurrentDetails("The journal was down; trying until it is back.");
    journal.append(entries);
    Workflow.setCurrentDetails("Written.");
  }
}
