package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.temporal.WorkflowStart;
import io.tas.dbhub.core.connectiontest.TestConnection;
import io.tas.dbhub.core.connectiontest.TestRequest;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.deprovision.DeprovisionRequest;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.core.provision.ProvisionRequest;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.Map;

/** How the workflows that REST starts present themselves in Temporal. */
final class Workflows {
  private Workflows() {}

  static WorkflowStart provision(ProvisionRequest request, boolean joining) {
    DatabaseDefinition definition = request.definition();
    return new WorkflowStart(
        ProvisionDatabase.NAME,
        change(ProvisionDatabase.NAME, definition.ref(), definition.name(), definition.ownerId())
            .setWorkflowIdConflictPolicy(
                joining
                    ? WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING
                    : WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setStaticSummary("Provision " + definition.name())
            .setStaticDetails(details(definition, definition.ownerId()))
            .build(),
        request);
  }

  static WorkflowStart deprovision(Database database, Caller caller) {
    DatabaseDefinition definition = database.definition();
    return new WorkflowStart(
        DeprovisionDatabase.NAME,
        change(DeprovisionDatabase.NAME, definition.ref(), definition.name(), caller.subject())
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setStaticSummary("Deprovision " + definition.name())
            .setStaticDetails(details(definition, caller.subject()))
            .build(),
        new DeprovisionRequest(definition.ref()));
  }

  /** Meets the monitor that runs; starts one only where it is missing. */
  static WorkflowStart monitor(Database database) {
    DatabaseRef ref = database.definition().ref();
    return new WorkflowStart(
        MonitorDatabaseHealth.NAME,
        WorkflowOptions.newBuilder()
            .setWorkflowId(WorkflowIds.health(ref.id()))
            .setTaskQueue(TaskQueues.WORKFLOWS)
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setTypedSearchAttributes(SearchAttributes.about(ref))
            .setStaticSummary("Health of " + database.definition().name())
            .build(),
        new MonitorRequest(database.resource(), ref, null));
  }

  /**
   * @param within after which nobody waits for the answer any more
   */
  static WorkflowStart test(TestRequest request, Caller caller, Duration within) {
    return new WorkflowStart(
        TestConnection.NAME,
        WorkflowOptions.newBuilder()
            .setWorkflowId(WorkflowIds.test(request.testId()))
            .setTaskQueue(TaskQueues.WORKFLOWS)
            .setWorkflowExecutionTimeout(within)
            .setTypedSearchAttributes(
                io.temporal.common.SearchAttributes.newBuilder()
                    .set(SearchAttributes.TENANT, request.scope().tenantId())
                    .set(SearchAttributes.SPACE, request.scope().spaceId())
                    .build())
            .setMemo(Map.of(Memos.REQUESTED_BY, caller.subject()))
            .setStaticSummary("Test " + address(request.target()))
            .build(),
        request);
  }

  private static WorkflowOptions.Builder change(
      String operation, DatabaseRef database, String name, String requestedBy) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.database(database.id()))
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .setTypedSearchAttributes(SearchAttributes.operation(database, operation))
        .setMemo(Map.of(Memos.DATABASE_NAME, name, Memos.REQUESTED_BY, requestedBy));
  }

  private static String details(DatabaseDefinition definition, String requestedBy) {
    return "%s for tenant %s, space %s; asked for by %s"
        .formatted(
            address(definition.target()),
            definition.scope().tenantId(),
            definition.scope().spaceId(),
            requestedBy);
  }

  private static String address(Target target) {
    return target.type().networked()
        ? "%s %s:%d/%s"
            .formatted(target.type().wireName(), target.host(), target.port(), target.database())
        : "%s %s".formatted(target.type().wireName(), target.database());
  }
}
