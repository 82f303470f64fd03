package io.tas.dbhub.api.batches;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.batch.BatchRequest;
import io.tas.dbhub.core.batch.RunBatch;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.start.Requester;
import io.tas.dbhub.core.start.WorkflowStart;
import io.tas.dbhub.storage.journal.Batch;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Starts the workflows that run batches. Thread-safe. */
final class BatchStart {
  private final TemporalGateway temporal;
  private final Duration within;

  /**
   * @param within which Temporal answers, or is said to be down
   */
  BatchStart(TemporalGateway temporal, Duration within) {
    this.temporal = temporal;
    this.within = within;
  }

  /** Starts it, or meets the run that is under way. */
  void join(Caller caller, Batch batch) {
    temporal.start(start(caller, batch, batch.run(), caller.requester()), within);
  }

  /** Whether a run of it is under way, or was and is only about to close. */
  boolean found(Batch batch) {
    return temporal
        .describe(WorkflowIds.batch(batch.id()), Optional.empty(), within)
        .filter(TemporalGateway::running)
        .isPresent();
  }

  /**
   * Starts it anew, as the run of this number. One before that has written its end down, and is
   * only about to close, is waited for.
   *
   * @throws ProblemException TemporalUnavailable; Busy when that takes too long
   */
  void anew(Caller caller, Batch batch, int run) {
    long end = System.nanoTime() + within.toNanos();
    Requester requester = caller.requester();
    WorkflowStart start = start(caller, batch, run, requester);
    while (true) {
      WorkflowExecution execution = temporal.start(start, left(end));
      if (isOwn(execution, requester, left(end))) {
        return;
      }
      if (!temporal.closes(execution, left(end))) {
        throw new ProblemException(FailureType.BUSY, "The batch's last run does not close.");
      }
    }
  }

  private boolean isOwn(WorkflowExecution execution, Requester requester, Duration left) {
    Optional<WorkflowExecutionDescription> found =
        temporal.describe(execution.getWorkflowId(), Optional.of(execution.getRunId()), left);
    return found
        .map(run -> requester.request().equals(run.getMemo(Memos.REQUEST, String.class)))
        .orElse(false);
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  private static WorkflowStart start(Caller caller, Batch batch, int run, Requester requester) {
    Role role =
        caller
            .role()
            .orElseThrow(
                () -> new ProblemException(FailureType.FORBIDDEN, "The token names no role."));
    String what = batch.kind().wireName();
    return new WorkflowStart(
        RunBatch.NAME,
        WorkflowOptions.newBuilder()
            .setWorkflowId(WorkflowIds.batch(batch.id()))
            .setTaskQueue(TaskQueues.WORKFLOWS)
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setTypedSearchAttributes(
                io.temporal.common.SearchAttributes.newBuilder()
                    .set(SearchAttributes.TENANT, batch.scope().tenantId())
                    .set(SearchAttributes.SPACE, batch.scope().spaceId())
                    .build())
            .setMemo(
                Map.of(
                    Memos.REQUESTED_BY,
                    requester.subject(),
                    Memos.REQUESTED_FROM,
                    requester.source(),
                    Memos.REQUEST,
                    requester.request()))
            .setStaticSummary(
                "Batch: %s %d".formatted(what, batch.total())
                    + (batch.name().isEmpty() ? "" : ", " + batch.name()))
            .build(),
        new BatchRequest(
            batch.id(),
            batch.scope(),
            run,
            batch.kind(),
            Permissions.standing(caller, role),
            batch.limits(),
            null));
  }
}
