package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.batch.BatchRequest;
import io.tas.dbhub.core.batch.RunBatch;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.deprovision.DeprovisionRequest;
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
import io.tas.dbhub.core.schedule.RunRequest;
import io.tas.dbhub.core.schedule.RunSchedule;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.start.Requester;
import io.tas.dbhub.core.start.WorkflowStart;
import io.tas.dbhub.core.start.WorkflowStarts;
import io.tas.dbhub.core.update.UpdateDatabase;
import io.tas.dbhub.core.update.UpdateRequest;
import io.tas.dbhub.dev.engine.Login;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Starts operations as the API does. */
final class Starter {
  /** A workflow task whose worker died is given to another one after this long. */
  private static final Duration TASK = Duration.ofSeconds(4);

  private static final String ACTOR = "harness";

  private final WorkflowClient client;
  private final CredentialSealer sealer;
  private final ToLongFunction<Subject> revision;

  /**
   * @param revision that the inventory has of it now
   */
  Starter(WorkflowClient client, CredentialSealer sealer, ToLongFunction<Subject> revision) {
    this.revision = revision;
    this.client = client;
    this.sealer = sealer;
  }

  WorkflowStub provision(Subject subject, String credentials, String text) {
    return start(
        ProvisionDatabase.NAME,
        subject,
        new ProvisionRequest(subject.definition(text), sealed(subject, credentials)));
  }

  WorkflowStub deprovision(Subject subject) {
    return start(DeprovisionDatabase.NAME, subject, DeprovisionRequest.whole(subject.ref()));
  }

  /** With everything about it new but its name and its type. */
  WorkflowStub update(Subject subject, String credentials, String text) {
    return start(
        UpdateDatabase.NAME,
        subject,
        new UpdateRequest(
            subject.definition(text), revision.applyAsLong(subject), sealed(subject, credentials)));
  }

  WorkflowStub rotate(Subject subject, String credentials) {
    return start(
        RotateCredentials.NAME,
        subject,
        new RotateRequest(subject.ref(), sealed(subject, credentials)));
  }

  WorkflowStub repair(Subject subject, String credentials) {
    return start(
        RepairDatabase.NAME,
        subject,
        new RepairRequest(subject.ref(), sealed(subject, credentials)));
  }

  WorkflowStub sync(Subject subject) {
    return started(
        WorkflowStarts.sync(
            subject.ref(), subject.definition("").name(), Requester.once(ACTOR, "127.0.0.1")));
  }

  /** One run, as it is started when its time has come. */
  WorkflowStub schedule(Subject subject, RunRequest request) {
    String id = WorkflowIds.schedule(subject.id()) + "-" + System.nanoTime();
    return started(new WorkflowStart(RunSchedule.NAME, options(id), request));
  }

  /** Or meets the run that is under way. */
  WorkflowStub batch(Subject subject, BatchRequest request) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder(options(WorkflowIds.batch(subject.id())))
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .build();
    return started(new WorkflowStart(RunBatch.NAME, options, request));
  }

  /** The latest of the id. */
  WorkflowStub running(String workflowId) {
    return client.newUntypedWorkflowStub(workflowId);
  }

  SealedCredentials sealed(Subject subject, String credentials) {
    Login login = subject.login(credentials);
    return sealer.seal(
        new Credentials(login.user(), login.password()),
        subject.ref().scope().tenantId(),
        subject.id());
  }

  private WorkflowStub start(String type, Subject subject, Object request) {
    return started(
        new WorkflowStart(
            type,
            WorkflowOptions.newBuilder(options(WorkflowIds.database(subject.id())))
                .setTypedSearchAttributes(SearchAttributes.operation(subject.ref(), type, ACTOR))
                .setMemo(
                    Map.of(
                        Memos.DATABASE_NAME,
                        subject.definition("").name(),
                        Memos.REQUESTED_BY,
                        ACTOR,
                        Memos.REQUESTED_FROM,
                        "127.0.0.1"))
                .build(),
            request));
  }

  private static WorkflowOptions options(String workflowId) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(workflowId)
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .build();
  }

  private WorkflowStub started(WorkflowStart start) {
    WorkflowStub stub =
        client.newUntypedWorkflowStub(
            start.type(),
            WorkflowOptions.newBuilder(start.options()).setWorkflowTaskTimeout(TASK).build());
    stub.start(start.request());
    return stub;
  }
}
