package io.tas.dbhub.core.start;

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
import io.tas.dbhub.core.schema.SyncRequest;
import io.tas.dbhub.core.schema.SyncSchema;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.UpdateDatabase;
import io.tas.dbhub.core.update.UpdateRequest;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.Map;

/** Starts of the workflows about one database. */
public final class WorkflowStarts {
  private static final WorkflowIdConflictPolicy JOIN =
      WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
  private static final WorkflowIdConflictPolicy REFUSE =
      WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL;

  private WorkflowStarts() {}

  public static WorkflowStart provision(
      ProvisionRequest request, Requester requester, boolean joining) {
    DatabaseDefinition definition = request.definition();
    return new WorkflowStart(
        ProvisionDatabase.NAME,
        change(ProvisionDatabase.NAME, definition.ref(), definition.name(), requester)
            .setWorkflowIdConflictPolicy(joining ? JOIN : REFUSE)
            .setStaticSummary("Provision " + definition.name())
            .setStaticDetails(details(definition, requester.subject()))
            .build(),
        request);
  }

  public static WorkflowStart deprovision(Database database, Requester requester) {
    DatabaseDefinition definition = database.definition();
    return new WorkflowStart(
        DeprovisionDatabase.NAME,
        change(DeprovisionDatabase.NAME, definition.ref(), definition.name(), requester)
            .setWorkflowIdConflictPolicy(JOIN)
            .setStaticSummary("Deprovision " + definition.name())
            .setStaticDetails(details(definition, requester.subject()))
            .build(),
        DeprovisionRequest.whole(definition.ref()));
  }

  /** Takes away what is left of a database that has no node. */
  public static WorkflowStart deprovision(DatabaseRef leftover, Requester requester) {
    return new WorkflowStart(
        DeprovisionDatabase.NAME,
        change(DeprovisionDatabase.NAME, leftover, "", requester)
            .setWorkflowIdConflictPolicy(JOIN)
            .setStaticSummary("Deprovision what is left of " + leftover.id())
            .setStaticDetails(details(leftover, requester.subject()))
            .build(),
        DeprovisionRequest.leftovers(leftover));
  }

  public static WorkflowStart update(UpdateRequest request, Requester requester) {
    DatabaseDefinition definition = request.definition();
    return new WorkflowStart(
        UpdateDatabase.NAME,
        change(UpdateDatabase.NAME, definition.ref(), definition.name(), requester)
            .setWorkflowIdConflictPolicy(REFUSE)
            .setStaticSummary("Update " + definition.name())
            .setStaticDetails(details(definition, requester.subject()))
            .build(),
        request);
  }

  public static WorkflowStart rotate(
      Database database, SealedCredentials credentials, Requester requester) {
    DatabaseDefinition definition = database.definition();
    return new WorkflowStart(
        RotateCredentials.NAME,
        change(RotateCredentials.NAME, definition.ref(), definition.name(), requester)
            .setWorkflowIdConflictPolicy(REFUSE)
            .setStaticSummary("Rotate the credentials of " + definition.name())
            .setStaticDetails(details(definition, requester.subject()))
            .build(),
        new RotateRequest(definition.ref(), credentials));
  }

  /**
   * @param name empty when it is not known any more
   */
  public static WorkflowStart repair(RepairRequest request, String name, Requester requester) {
    DatabaseRef database = request.database();
    return new WorkflowStart(
        RepairDatabase.NAME,
        change(RepairDatabase.NAME, database, name, requester)
            .setWorkflowIdConflictPolicy(REFUSE)
            .setStaticSummary("Repair " + (name.isEmpty() ? database.id() : name))
            .setStaticDetails(details(database, requester.subject()))
            .build(),
        request);
  }

  /** Meets the sync that runs. */
  public static WorkflowStart sync(DatabaseRef database, String name, Requester requester) {
    return new WorkflowStart(
        SyncSchema.NAME,
        schema(database, name)
            .setTypedSearchAttributes(
                SearchAttributes.operation(database, SyncSchema.NAME, requester.subject()))
            .setMemo(
                Map.of(
                    Memos.DATABASE_NAME,
                    name,
                    Memos.REQUESTED_BY,
                    requester.subject(),
                    Memos.REQUESTED_FROM,
                    requester.source()))
            .build(),
        new SyncRequest(database));
  }

  /** As {@link #sync}, for nobody: its time has come. */
  public static WorkflowStart dueSync(DatabaseRef database, String name) {
    return new WorkflowStart(
        SyncSchema.NAME,
        schema(database, name)
            .setTypedSearchAttributes(SearchAttributes.about(database))
            .setMemo(Map.of(Memos.DATABASE_NAME, name))
            .build(),
        new SyncRequest(database));
  }

  private static WorkflowOptions.Builder schema(DatabaseRef database, String name) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.schema(database.id()))
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .setWorkflowIdConflictPolicy(JOIN)
        .setStaticSummary("Schema of " + name);
  }

  /** Meets the monitor that runs; starts one only where it is missing. */
  public static WorkflowStart monitor(Database database) {
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
  public static WorkflowStart test(TestRequest request, Requester requester, Duration within) {
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
            .setMemo(Map.of(Memos.REQUESTED_BY, requester.subject()))
            .setStaticSummary("Test " + address(request.target()))
            .build(),
        request);
  }

  private static WorkflowOptions.Builder change(
      String operation, DatabaseRef database, String name, Requester requester) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.database(database.id()))
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .setTypedSearchAttributes(
            SearchAttributes.operation(database, operation, requester.subject()))
        .setMemo(
            Map.of(
                Memos.DATABASE_NAME,
                name,
                Memos.REQUESTED_BY,
                requester.subject(),
                Memos.REQUESTED_FROM,
                requester.source(),
                Memos.REQUEST,
                requester.request()));
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
