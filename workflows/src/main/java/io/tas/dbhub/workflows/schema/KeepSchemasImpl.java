package io.tas.dbhub.workflows.schema;

import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.schema.DueSyncs;
import io.tas.dbhub.core.schema.KeepSchemas;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.temporal.common.VersioningBehavior;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.time.Duration;

/** Start what is due, wait: for ever. */
public final class KeepSchemasImpl implements KeepSchemas {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final DueSyncs due =
      Workflow.newActivityStub(DueSyncs.class, ActivityOptionSets.record(TaskQueues.INVENTORY));

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
  public void keepForEver() {
    while (!Workflow.getInfo().isContinueAsNewSuggested()) {
      startDue();
      Workflow.sleep(INTERVAL);
    }
    Workflow.continueAsNew();
  }

  private void startDue() {
    try {
      int started = due.startDue();
      if (started > 0) {
        Workflow.setCurrentDetails("Started %d syncs the last time.".formatted(started));
      }
    } catch (ActivityFailure refused) {
      Workflow.setCurrentDetails("What is due could not be started; it is tried again.");
    }
  }
}
