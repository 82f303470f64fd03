package io.tas.dbhub.worker.informer;

import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.instance.ReconcileRequest;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;

/** Tells workflows, starting those that are not there yet. Thread-safe. */
final class Temporal implements Notices.Teller {
  private static final WorkflowIdConflictPolicy USE_EXISTING =
      WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;

  private final WorkflowClient client;

  Temporal(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public void tell(Notice notice) {
    if (notice instanceof Notice.ConnectionChanged changed) {
      client
          .newUntypedWorkflowStub(
              MonitorDatabaseHealth.NAME, health(changed.workflowId(), changed.request()).build())
          .signalWithStart("connectionChanged", new Object[] {}, new Object[] {changed.request()});
    } else if (notice instanceof Notice.ConnectionSeen seen) {
      client
          .newUntypedWorkflowStub(
              MonitorDatabaseHealth.NAME,
              health(seen.workflowId(), seen.request())
                  .setWorkflowIdConflictPolicy(USE_EXISTING)
                  .build())
          .start(seen.request());
    } else if (notice instanceof Notice.ConnectionMissing missing) {
      signal(missing.workflowId(), "connectionChanged");
    } else if (notice instanceof Notice.ConnectionGone gone) {
      signal(gone.workflowId(), "stop");
    } else if (notice instanceof Notice.InstanceChanged changed) {
      client
          .newUntypedWorkflowStub(ReconcileInstance.NAME, instance(changed.instance()).build())
          .signalWithStart(
              "changed", new Object[] {}, new Object[] {new ReconcileRequest(changed.instance())});
    } else if (notice instanceof Notice.InstanceSeen seen) {
      client
          .newUntypedWorkflowStub(
              ReconcileInstance.NAME,
              instance(seen.instance()).setWorkflowIdConflictPolicy(USE_EXISTING).build())
          .start(new ReconcileRequest(seen.instance()));
    }
  }

  private void signal(String workflowId, String name) {
    try {
      client.newUntypedWorkflowStub(workflowId).signal(name);
    } catch (WorkflowNotFoundException e) {
      // It has ended already, or never was.
    }
  }

  private static WorkflowOptions.Builder instance(ResourceRef instance) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.instance(instance.namespace(), instance.name()))
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .setStaticSummary("DBHub " + instance.name());
  }

  private static WorkflowOptions.Builder health(String workflowId, MonitorRequest request) {
    WorkflowOptions.Builder options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(workflowId)
            .setTaskQueue(TaskQueues.WORKFLOWS)
            .setStaticSummary("health of " + request.resource().name());
    DatabaseRef database = request.database();
    if (database != null) {
      options.setTypedSearchAttributes(SearchAttributes.about(database));
    }
    return options;
  }
}
