package io.tas.dbhub.activities.batch;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.start.WorkflowStart;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts operations on databases, or finds those that an attempt before has started, and waits for
 * their ends. Thread-safe. Throws failures {@code TemporalUnavailable}.
 */
final class RowOperations {
  /** After which one looks whether it waits for a person. */
  private static final Duration SLICE = Duration.ofSeconds(3);

  /** How long before the caller gives up Temporal answers. */
  private static final Duration ANSWERED = Duration.ofSeconds(1);

  /** Somebody else's operation on the database mostly ends by then. */
  private static final Duration OTHERS = Duration.ofMinutes(1);

  private final WorkflowClient client;

  RowOperations(WorkflowClient client) {
    this.client = client;
  }

  /** What asked for the latest operation on a database; empty where nothing is known of it. */
  Optional<String> latestRequest(String databaseId) {
    return latest(WorkflowIds.database(databaseId))
        .flatMap(found -> Optional.ofNullable(request(found)));
  }

  /** The end of the latest operation on a database, if it was this request that asked for it. */
  Optional<OperationEnd> earlier(String databaseId, String request, Patience patience) {
    return latest(WorkflowIds.database(databaseId))
        .filter(found -> request.equals(request(found)))
        .map(found -> follow(found.getExecution(), patience));
  }

  /** Starts it, or joins what it may join, and waits for the end. */
  OperationEnd settle(WorkflowStart start, Patience patience) {
    long until = System.nanoTime() + OTHERS.toNanos();
    while (true) {
      patience.check();
      Optional<WorkflowExecution> started = started(start);
      if (started.isPresent()) {
        return follow(started.get(), patience);
      }
      Optional<WorkflowExecutionDescription> running =
          latest(start.workflowId()).filter(RowOperations::running);
      if (running.isPresent()) {
        WorkflowExecutionDescription other = running.get();
        if (start.meant(other)) {
          return follow(other.getExecution(), patience);
        }
        if (parked(other).isPresent() || System.nanoTime() - until > 0) {
          return occupied(other);
        }
        boolean unused = ended(other.getExecution());
      }
    }
  }

  private static OperationEnd occupied(WorkflowExecutionDescription other) {
    return new OperationEnd.Failed(
        FailureType.OPERATION_RUNNING,
        "Another operation of this database is running.",
        id(other.getExecution()));
  }

  /** Empty when another one was faster. */
  private Optional<WorkflowExecution> started(WorkflowStart start) {
    return temporal(
        () -> {
          try {
            return Optional.of(
                client
                    .newUntypedWorkflowStub(start.type(), start.options())
                    .start(start.request()));
          } catch (WorkflowExecutionAlreadyStarted other) {
            return Optional.empty();
          }
        });
  }

  private OperationEnd follow(WorkflowExecution execution, Patience patience) {
    while (true) {
      patience.check();
      Optional<OperationEnd> end = awaited(execution);
      if (end.isPresent()) {
        return end.get();
      }
      Optional<OperationEnd> parked = temporal(() -> parked(stub(execution).describe()));
      if (parked.isPresent()) {
        return parked.get();
      }
    }
  }

  /** Empty when it goes on after a while. */
  private Optional<OperationEnd> awaited(WorkflowExecution execution) {
    if (!ended(execution)) {
      return Optional.empty();
    }
    return temporal(
        () -> {
          try {
            stub(execution).getResult(Object.class);
            return Optional.of(new OperationEnd.Done(id(execution)));
          } catch (WorkflowFailedException failed) {
            return Optional.of(failed(failed, execution));
          }
        });
  }

  /**
   * Waits for its end, for a while. One question: Temporal answers it a second before the caller
   * would give up, and a result that is waited for within a time is asked for again and again in
   * that second.
   */
  private boolean ended(WorkflowExecution execution) {
    return temporal(
        () -> {
          try {
            return client
                    .getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(SLICE.plus(ANSWERED).toMillis(), TimeUnit.MILLISECONDS)
                    .getWorkflowExecutionHistory(
                        GetWorkflowExecutionHistoryRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setExecution(execution)
                            .setWaitNewEvent(true)
                            .setHistoryEventFilterType(
                                HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT)
                            .build())
                    .getHistory()
                    .getEventsCount()
                > 0;
          } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
              return false;
            }
            throw e;
          }
        });
  }

  private static OperationEnd failed(WorkflowFailedException thrown, WorkflowExecution execution) {
    FailureType type = Failures.typeOf(thrown);
    String message =
        Failures.find(thrown)
            .map(ApplicationFailure::getOriginalMessage)
            .orElse(
                type == FailureType.CANCELLED
                    ? "The operation was cancelled."
                    : "The operation was ended from outside.");
    return new OperationEnd.Failed(type, message, id(execution));
  }

  private static Optional<OperationEnd> parked(WorkflowExecutionDescription found) {
    boolean waits =
        running(found)
            && Boolean.TRUE.equals(
                found.getTypedSearchAttributes().get(SearchAttributes.ATTENTION));
    if (!waits) {
      return Optional.empty();
    }
    ParkedStep step = (ParkedStep) found.getMemo(Memos.PARKED, ParkedStep.class);
    String operation = id(found.getExecution());
    return Optional.of(
        step == null
            ? new OperationEnd.Parked("", "", operation)
            : new OperationEnd.Parked(step.code(), step.message(), operation));
  }

  private Optional<WorkflowExecutionDescription> latest(String workflowId) {
    return temporal(
        () -> {
          try {
            return Optional.of(client.newUntypedWorkflowStub(workflowId).describe());
          } catch (WorkflowNotFoundException none) {
            return Optional.empty();
          }
        });
  }

  private static @Nullable String request(WorkflowExecutionDescription found) {
    return (String) found.getMemo(Memos.REQUEST, String.class);
  }

  private WorkflowStub stub(WorkflowExecution execution) {
    return client.newUntypedWorkflowStub(
        WorkflowTargetOptions.newBuilder()
            .setWorkflowId(execution.getWorkflowId())
            .setRunId(execution.getRunId())
            .build());
  }

  private static boolean running(WorkflowExecutionDescription found) {
    return found.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  private static String id(WorkflowExecution execution) {
    return WorkflowIds.operation(execution.getWorkflowId(), execution.getRunId());
  }

  private static <T> T temporal(Supplier<T> call) {
    try {
      return call.get();
    } catch (WorkflowServiceException | WorkflowNotFoundException | StatusRuntimeException e) {
      throw Failures.of(FailureType.TEMPORAL_UNAVAILABLE, "Temporal does not answer now");
    }
  }
}
