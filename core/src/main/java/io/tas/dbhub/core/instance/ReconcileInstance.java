package io.tas.dbhub.core.instance;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Keeps one DBHubInstance true to its databases: gathers a burst of changes, renders, applies,
 * watches the rollout, writes down what is served, and waits. It ends when the instance is gone.
 *
 * <p>Workflow id: {@link io.tas.dbhub.core.names.WorkflowIds#instance}.
 */
@WorkflowInterface
public interface ReconcileInstance {
  String NAME = "ReconcileInstance";

  @WorkflowMethod(name = NAME)
  void reconcile(ReconcileRequest request);

  /** Something the instance is made from may have changed. Sending it twice is harmless. */
  @SignalMethod(name = "changed")
  void changed();
}
