package io.tas.dbhub.core.audit;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Delivers what the journal missed while it was down: tries until it is written. An operation that
 * cannot write its entries at once leaves them to this and ends.
 *
 * <p>Workflow id: {@link io.tas.dbhub.core.names.WorkflowIds#audit}.
 */
@WorkflowInterface
public interface DeliverAudit {
  String NAME = "DeliverAudit";

  @WorkflowMethod(name = NAME)
  void deliver(AuditEntries entries);
}
