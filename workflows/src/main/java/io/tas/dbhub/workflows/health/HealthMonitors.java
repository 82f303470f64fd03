package io.tas.dbhub.workflows.health;

import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.workflows.steps.Signals;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;

/** How other workflows reach a database's health workflow. */
public final class HealthMonitors {
  private HealthMonitors() {}

  /**
   * Starts the monitor of a new connection, which outlives its starter; wakes it where an informer
   * was faster. Not cancellable: the connection exists, so it is monitored.
   */
  public static void startOrWake(Database database) {
    Workflow.newDetachedCancellationScope(
            () -> {
              if (!start(database)) {
                wake(database.id());
              }
            })
        .run();
  }

  /** Tells the monitor to end. There being none is fine. */
  public static void stop(String databaseId) {
    Signals.ifRunning(running(databaseId)::stop);
  }

  private static boolean start(Database database) {
    MonitorDatabaseHealth monitor =
        Workflow.newChildWorkflowStub(
            MonitorDatabaseHealth.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.health(database.id()))
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setStaticSummary("Health of " + database.definition().name())
                .setTypedSearchAttributes(SearchAttributes.about(database.definition().ref()))
                .build());
    MonitorRequest request =
        MonitorRequest.managed(database.resource(), database.definition().ref());
    Async.procedure(monitor::monitor, request);
    try {
      Workflow.getWorkflowExecution(monitor).get();
      return true;
    } catch (ChildWorkflowFailure alreadyRunning) {
      return false;
    }
  }

  private static void wake(String databaseId) {
    // It may have ended in between, because the resource is gone again.
    Signals.ifRunning(running(databaseId)::connectionChanged);
  }

  private static MonitorDatabaseHealth running(String databaseId) {
    return Workflow.newExternalWorkflowStub(
        MonitorDatabaseHealth.class, WorkflowIds.health(databaseId));
  }
}
