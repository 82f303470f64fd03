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
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.core.provision.ProvisionRequest;
import io.tas.dbhub.core.repair.RepairDatabase;
import io.tas.dbhub.core.repair.RepairRequest;
import io.tas.dbhub.core.rotate.RotateCredentials;
import io.tas.dbhub.core.rotate.RotateRequest;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.UpdateDatabase;
import io.tas.dbhub.core.update.UpdateRequest;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** How the workflows that REST starts present themselves in Temporal. */
final class Workflows {
  private static final WorkflowIdConflictPolicy JOIN =
      WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
  private static final WorkflowIdConflictPolicy REFUSE =
      WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL;

  private Workflows() {}

  static WorkflowStart provision(ProvisionRequest request, Caller caller, boolean joining) {
    DatabaseDefinition definition = request.definition();
    return new WorkflowStart(
        ProvisionDatabase.NAME,
        change(ProvisionDatabase.NAME, definition.ref(), definition.name(), caller)
            .setWorkflowIdConflictPolicy(joining ? JOIN : REFUSE)
            .setStaticSummary("Provision " + definition.name())
            .setStaticDetails(details(definition, caller.subject()))
            .build(),
        request);
  }

  static WorkflowStart deprovision(Database database, Caller caller) {
    DatabaseDefinition definition = database.definition();
    return new WorkflowStart(
        DeprovisionDatabase.NAME,
        change(DeprovisionDatabase.NAME, definition.ref(), definition.name(), caller)
            .setWorkflowIdConflictPolicy(JOIN)
            .setStaticSummary("Deprovision " + definition.name())
            .setStaticDetails(details(definition, caller.subject()))
            .build(),
        DeprovisionRequest.whole(definition.ref()));
  }

  /** Takes away what is left of a database that has no node. */
  static WorkflowStart deprovision(DatabaseRef leftover, Caller caller) {
    return new WorkflowStart(
        DeprovisionDatabase.NAME,
        change(DeprovisionDatabase.NAME, leftover, "", caller)
            .setWorkflowIdConflictPolicy(JOIN)
            .setStaticSummary("Deprovision what is left of " + leftover.id())
            .setStaticDetails(details(leftover, caller.subject()))
            .build(),
        DeprovisionRequest.leftovers(leftover));
  }

  static WorkflowStart update(UpdateRequest request, Caller caller) {
    DatabaseDefinition definition = request.definition();
    return new WorkflowStart(
        UpdateDatabase.NAME,
        change(UpdateDatabase.NAME, definition.ref(), definition.name(), caller)
            .setWorkflowIdConflictPolicy(REFUSE)
            .setStaticSummary("Update " + definition.name())
            .setStaticDetails(details(definition, caller.subject()))
            .build(),
        request);
  }

  static WorkflowStart rotate(Database database, SealedCredentials credentials, Caller caller) {
    DatabaseDefinition definition = database.definition();
    return new WorkflowStart(
        RotateCredentials.NAME,
        change(RotateCredentials.NAME, definition.ref(), definition.name(), caller)
            .setWorkflowIdConflictPolicy(REFUSE)
            .setStaticSummary("Rotate the credentials of " + definition.name())
            .setStaticDetails(details(definition, caller.subject()))
            .build(),
        new RotateRequest(definition.ref(), credentials));
  }

  /**
   * @param name empty when it is not known any more
   */
  static WorkflowStart repair(RepairRequest request, String name, Caller caller) {
    DatabaseRef database = request.database();
    return new WorkflowStart(
        RepairDatabase.NAME,
        change(RepairDatabase.NAME, database, name, caller)
            .setWorkflowIdConflictPolicy(REFUSE)
            .setStaticSummary("Repair " + (name.isEmpty() ? database.id() : name))
            .setStaticDetails(details(database, caller.subject()))
            .build(),
        request);
  }

  /** Meets the monitor that runs; starts one only where it is missing. */
  static WorkflowStart monitor(Database database) {
    DatabaseRef ref = database.definition().ref();
    return new WorkflowStart(
        MonitorDatabaseHealth.NAME,
        WorkflowOptions.newBuilder()
            .setWorkflowId(WorkflowIds.health(ref.id()))
            .setTaskQueue(TaskQueues.WORKFLOWS)
            .setWorkflowIdConflictPolicy(JOIN)
            .setTypedSearchAttributes(SearchAttributes.about(ref))
            .setStaticSummary("Health of " + database.definition().name())
            .build(),
        database.origin() == Origin.MANIFEST
            ? MonitorRequest.byHand(database.resource(), ref.id(), null)
            : MonitorRequest.managed(database.resource(), ref));
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
      String operation, DatabaseRef database, String name, Caller caller) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.database(database.id()))
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .setTypedSearchAttributes(SearchAttributes.operation(database, operation, caller.subject()))
        .setMemo(
            Map.of(
                Memos.DATABASE_NAME,
                name,
                Memos.REQUESTED_BY,
                caller.subject(),
                Memos.REQUESTED_FROM,
                caller.source(),
                Memos.REQUEST,
                UUID.randomUUID().toString()));
  }

  private static String details(DatabaseDefinition definition, String requestedBy) {
    return address(definition.target()) + " " + details(definition.ref(), requestedBy);
  }

  private static String details(DatabaseRef database, String requestedBy) {
    return "for tenant %s, space %s; asked for by %s"
        .formatted(database.scope().tenantId(), database.scope().spaceId(), requestedBy);
  }

  private static String address(Target target) {
    return target.type().networked()
        ? "%s %s:%d/%s"
            .formatted(target.type().wireName(), target.host(), target.port(), target.database())
        : "%s %s".formatted(target.type().wireName(), target.database());
  }
}
