package io.tas.dbhub.worker.informer;

import io.tas.dbhub.activities.temporal.MonitorStarter;
import io.tas.dbhub.core.health.FirstChecks;
import io.tas.dbhub.core.health.FirstChecksRequest;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.health.NewConnection;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.instance.ReconcileRequest;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Sha256;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.stream.Collectors;

/** Tells workflows, starting those that are not there yet. Thread-safe. */
final class Temporal implements Notices.Teller {
  private static final WorkflowIdConflictPolicy USE_EXISTING =
      WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;

  private static final int ID_DIGITS = 32;

  private final WorkflowClient client;

  Temporal(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public void tell(Notice notice) {
    if (notice instanceof Notice.ConnectionChanged changed) {
      changed(changed.monitorId(), changed.request());
    } else if (notice instanceof Notice.ConnectionNew fresh) {
      changed(fresh.monitorId(), fresh.request());
    } else if (notice instanceof Notice.ConnectionSeen seen) {
      client
          .newUntypedWorkflowStub(
              MonitorDatabaseHealth.NAME,
              MonitorStarter.options(seen.monitorId(), seen.request())
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

  /** One workflow for all: the same ones, told again, are the same workflow. */
  @Override
  public void tellNew(List<Notice.ConnectionNew> connections) {
    String ids =
        connections.stream()
            .map(Notice.ConnectionNew::monitorId)
            .sorted()
            .collect(Collectors.joining(" "));
    FirstChecksRequest request =
        new FirstChecksRequest(
            connections.stream()
                .map(one -> new NewConnection(one.monitorId(), one.request().resource()))
                .toList());
    client
        .newUntypedWorkflowStub(
            FirstChecks.NAME,
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.firstChecks(Sha256.hex(ids).substring(0, ID_DIGITS)))
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowIdConflictPolicy(USE_EXISTING)
                .setStaticSummary("first checks of " + connections.size() + " connections")
                .build())
        .start(request);
  }

  private void changed(String monitorId, MonitorRequest request) {
    client
        .newUntypedWorkflowStub(
            MonitorDatabaseHealth.NAME, MonitorStarter.options(monitorId, request).build())
        .signalWithStart("connectionChanged", new Object[] {}, new Object[] {request});
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
}
