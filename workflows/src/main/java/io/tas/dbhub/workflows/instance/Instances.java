package io.tas.dbhub.workflows.instance;

import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.workflows.steps.Signals;
import io.temporal.workflow.Workflow;

/** How other workflows reach the one that keeps an instance true. */
public final class Instances {
  private Instances() {}

  /** Where nobody reconciles it, the informer starts its workflow with the same news. */
  public static void changed(ResourceRef instance) {
    Signals.ifRunning(
        Workflow.newExternalWorkflowStub(
                ReconcileInstance.class,
                WorkflowIds.instance(instance.namespace(), instance.name()))
            ::changed);
  }
}
