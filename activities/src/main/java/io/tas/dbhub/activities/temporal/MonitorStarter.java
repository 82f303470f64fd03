package io.tas.dbhub.activities.temporal;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.HealthState;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;

/** Starts the monitors of connections. Thread-safe. */
public final class MonitorStarter {
  private final WorkflowClient client;

  public MonitorStarter(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Does nothing where it runs already.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code TemporalUnavailable}
   */
  public void start(String monitorId, MonitorRequest request) {
    try {
      client
          .newUntypedWorkflowStub(
              MonitorDatabaseHealth.NAME,
              options(monitorId, request)
                  .setWorkflowIdConflictPolicy(
                      WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                  .build())
          .start(request);
    } catch (WorkflowServiceException e) {
      throw Failures.of(FailureType.TEMPORAL_UNAVAILABLE, "the monitor cannot be started");
    }
  }

  /** Those of every monitor that is started from outside of a workflow. */
  public static WorkflowOptions.Builder options(String monitorId, MonitorRequest request) {
    WorkflowOptions.Builder options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(WorkflowIds.health(monitorId))
            .setTaskQueue(TaskQueues.WORKFLOWS)
            .setStaticSummary("health of " + request.resource().name());
    DatabaseRef database = request.database();
    HealthState state = request.state();
    io.temporal.common.SearchAttributes about =
        database == null
            ? io.temporal.common.SearchAttributes.EMPTY
            : SearchAttributes.about(database);
    if (state != null) {
      // The monitor tells of a phase only when it changes.
      about =
          io.temporal.common.SearchAttributes.newBuilder(about)
              .set(SearchAttributes.PHASE, state.status().wireName())
              .build();
    }
    return about.size() == 0 ? options : options.setTypedSearchAttributes(about);
  }
}
