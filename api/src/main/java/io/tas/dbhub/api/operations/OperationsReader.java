package io.tas.dbhub.api.operations;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.core.rotate.RotateCredentials;
import io.tas.dbhub.core.update.UpdateDatabase;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads operations out of Temporal. What belongs to another space is not found. */
public final class OperationsReader {
  /** The UI's text of a running workflow comes from a worker: nice to have, not waited for. */
  private static final Duration FOR_DETAILS = Duration.ofSeconds(1);

  private static final Set<Status.Code> AWAY =
      EnumSet.of(
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.CANCELLED);

  /** Those that can be undone: taking away and repairing only go forward. */
  private static final Set<String> CANCELLABLE =
      Set.of(ProvisionDatabase.NAME, UpdateDatabase.NAME, RotateCredentials.NAME);

  private final TemporalGateway temporal;
  private final TemporalUi ui;
  private final Duration answerWithin;

  public OperationsReader(TemporalGateway temporal, TemporalUi ui, Duration answerWithin) {
    this.temporal = temporal;
    this.ui = ui;
    this.answerWithin = answerWithin;
  }

  OperationListView list(OperationQuery query) {
    return temporal.within(answerWithin, () -> page(query));
  }

  /** What is known of an operation without its history. */
  Optional<OperationView> glance(Sight sight, OperationId id) {
    return described(sight, id).map(this::view);
  }

  Optional<OperationView> find(Sight sight, OperationId id) {
    try {
      return described(sight, id).map(found -> detailed(id, found));
    } catch (WorkflowNotFoundException retainedNoLonger) {
      return Optional.empty();
    }
  }

  /**
   * The operation after something was done to it. What was done is not denied because it cannot be
   * looked at: then it is shown as it was before.
   */
  OperationView afterwards(Sight sight, OperationView before, OperationId id) {
    try {
      return find(sight, id).orElse(before);
    } catch (ProblemException away) {
      return before;
    }
  }

  private Optional<WorkflowExecutionDescription> described(Sight sight, OperationId id) {
    return temporal
        .describe(id.workflowId(), Optional.of(id.runId()), answerWithin)
        .filter(sight::includes);
  }

  private OperationListView page(OperationQuery query) {
    WorkflowClient client = temporal.client();
    try {
      ListWorkflowExecutionsResponse page =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .listWorkflowExecutions(
                  ListWorkflowExecutionsRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setQuery(query.visibility())
                      .setPageSize(query.pageSize())
                      .setNextPageToken(query.pageToken())
                      .build());
      List<OperationView> operations =
          page.getExecutionsList().stream()
              .map(
                  info ->
                      new WorkflowExecutionMetadata(info, client.getOptions().getDataConverter()))
              .map(this::view)
              .toList();
      ByteString next = page.getNextPageToken();
      return new OperationListView(operations, next.isEmpty() ? null : OperationQuery.cursor(next));
    } catch (StatusRuntimeException e) {
      if (!query.pageToken().isEmpty() && !AWAY.contains(e.getStatus().getCode())) {
        // Servers differ in what they call a token that is none of theirs.
        throw ProblemException.invalid(
            List.of(new Violation("cursor", "is the next_cursor of this list, unchanged")));
      }
      throw e;
    }
  }

  private OperationView detailed(OperationId id, WorkflowExecutionDescription found) {
    List<HistoryEvent> history =
        temporal.within(
            answerWithin,
            () -> temporal.client().fetchHistory(id.workflowId(), id.runId()).getEvents());
    List<Step> steps =
        OperationSteps.of(
            found.getWorkflowType(), history, found.getRawDescription().getPendingActivitiesList());
    return view(found)
        .with(error(history), TemporalGateway.running(found) ? details(id) : null, steps);
  }

  private static Step.@Nullable StepError error(List<HistoryEvent> history) {
    HistoryEvent last = history.get(history.size() - 1);
    return last.hasWorkflowExecutionFailedEventAttributes()
        ? StepErrors.of(last.getWorkflowExecutionFailedEventAttributes().getFailure())
        : null;
  }

  private @Nullable String details(OperationId id) {
    try {
      String details =
          temporal.within(
              FOR_DETAILS,
              () ->
                  temporal
                      .client()
                      .newUntypedWorkflowStub(
                          WorkflowTargetOptions.newBuilder()
                              .setWorkflowId(id.workflowId())
                              .setRunId(id.runId())
                              .build())
                      .query(WorkflowClient.QUERY_TYPE_WORKFLOW_METADATA, WorkflowMetadata.class)
                      .getCurrentDetails());
      return details.isEmpty() ? null : details;
    } catch (RuntimeException noWorker) {
      return null;
    }
  }

  private OperationView view(WorkflowExecutionMetadata found) {
    OperationId id = OperationId.of(found.getExecution());
    var attributes = found.getTypedSearchAttributes();
    Instant started = found.getStartTime();
    Instant ended = found.getWorkflowExecutionInfo().hasCloseTime() ? found.getCloseTime() : null;
    ParkedStep parked =
        ended == null ? (ParkedStep) found.getMemo(Memos.PARKED, ParkedStep.class) : null;
    OperationStatus status = OperationStatus.of(found.getStatus());
    return new OperationView(
        id.toString(),
        found.getWorkflowType(),
        status,
        String.valueOf(attributes.get(SearchAttributes.DATABASE)),
        String.valueOf(attributes.get(SearchAttributes.SPACE)),
        memo(found, Memos.DATABASE_NAME),
        memo(found, Memos.REQUESTED_BY),
        ended == null && Boolean.TRUE.equals(attributes.get(SearchAttributes.ATTENTION)),
        parked,
        status == OperationStatus.RUNNING
            && parked == null
            && CANCELLABLE.contains(found.getWorkflowType()),
        started,
        ended,
        ended == null ? null : (Long) Duration.between(started, ended).toMillis(),
        null,
        null,
        ui.link(id).orElse(null),
        null);
  }

  private static String memo(WorkflowExecutionMetadata found, String name) {
    Object value = found.getMemo(name, String.class);
    return value == null ? "" : value.toString();
  }

  static ProblemException unknown() {
    return new ProblemException(FailureType.NOT_FOUND, "There is no such operation.");
  }
}
