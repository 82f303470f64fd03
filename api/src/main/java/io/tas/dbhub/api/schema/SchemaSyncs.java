package io.tas.dbhub.api.schema;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.api.temporal.UpdateAnswer;
import io.tas.dbhub.api.temporal.WorkflowStart;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.core.schema.SyncRequest;
import io.tas.dbhub.core.schema.SyncSchema;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.Map;

/** Has schemas read now. Who asks while one is being read waits with the others. */
public final class SchemaSyncs {
  private final TemporalGateway temporal;
  private final Duration answerWithin;

  /**
   * @param answerWithin after which nobody waits for it any more
   */
  public SchemaSyncs(TemporalGateway temporal, Duration answerWithin) {
    this.temporal = temporal;
    this.answerWithin = answerWithin;
  }

  /**
   * @throws io.tas.dbhub.api.errors.ProblemException what the sync failed with
   */
  UpdateAnswer<SyncReport> sync(Caller caller, Database database) {
    DatabaseRef ref = database.definition().ref();
    String name = database.definition().name();
    return temporal.updateWithStart(
        new WorkflowStart(
            SyncSchema.NAME,
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.schema(ref.id()))
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setTypedSearchAttributes(
                    SearchAttributes.operation(ref, SyncSchema.NAME, caller.subject()))
                .setMemo(
                    Map.of(
                        Memos.DATABASE_NAME,
                        name,
                        Memos.REQUESTED_BY,
                        caller.subject(),
                        Memos.REQUESTED_FROM,
                        caller.source()))
                .setStaticSummary("Schema of " + name)
                .build(),
            new SyncRequest(ref)),
        "awaitSynced",
        SyncReport.class,
        answerWithin);
  }
}
