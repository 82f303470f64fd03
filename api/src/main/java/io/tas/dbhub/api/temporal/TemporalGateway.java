package io.tas.dbhub.api.temporal;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.operations.OperationId;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.start.WorkflowStart;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.serviceclient.StatusUtils;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls Temporal with a deadline, and says what went wrong as a problem. The only place that knows
 * the client's exceptions. Thread-safe.
 */
public final class TemporalGateway {
  private static final Logger LOG = LoggerFactory.getLogger(TemporalGateway.class);

  /** An operation that has answered still tells the journal before it closes. */
  private static final Duration CLOSING = Duration.ofSeconds(1);

  /**
   * The first part of its time after which a query is taken for lost; the next is twice as long.
   */
  private static final int FIRST_PATIENCE = 5;

  private final WorkflowClient client;
  private final ScheduledExecutorService deadlines;

  /**
   * @param deadlines ends calls whose time is up
   */
  public TemporalGateway(WorkflowClient client, ScheduledExecutorService deadlines) {
    this.client = client;
    this.deadlines = deadlines;
  }

  /** For what has no method of its own here; to be used inside {@link #within}. */
  public WorkflowClient client() {
    return client;
  }

  /**
   * Starts the workflow, or meets the one that runs, and waits for the update's answer. One of
   * another kind that is about to end is waited for.
   *
   * @throws ProblemException the update's typed failure, or TemporalUnavailable
   */
  public <R> UpdateAnswer<R> updateWithStart(
      WorkflowStart start, String update, Class<R> result, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    UpdateAnswer<R> answer = joined(start, update, result, within);
    return answer instanceof UpdateAnswer.Occupied<R> other && closes(other.execution(), end)
        ? again(start, update, result, Duration.ofNanos(end - System.nanoTime()))
        : answer;
  }

  /** Whether what stands in the way ends in a moment. */
  private boolean closes(WorkflowExecution other, long end) {
    return closes(other, Duration.ofNanos(Math.min(CLOSING.toNanos(), end - System.nanoTime())));
  }

  /** Whether a run ends in this time, however it does. */
  public boolean closes(WorkflowExecution other, Duration within) {
    try {
      stub(other).getResult(within.toMillis(), TimeUnit.MILLISECONDS, Object.class);
      return true;
    } catch (WorkflowFailedException ended) {
      return true;
    } catch (TimeoutException | WorkflowException stillThere) {
      return false;
    }
  }

  private <R> UpdateAnswer<R> joined(
      WorkflowStart start, String update, Class<R> result, Duration within) {
    // What is left of the time is for finding out what became of a call that was not answered.
    Duration forUpdate = within.multipliedBy(4).dividedBy(5);
    try {
      return within(forUpdate, () -> send(start, update, result, forUpdate));
    } catch (ProblemException problem) {
      if (problem.type() != FailureType.TEMPORAL_UNAVAILABLE) {
        throw problem;
      }
      return this.<R>standing(start, within.minus(forUpdate)).orElseThrow(() -> problem);
    } catch (WorkflowUpdateException unknownUpdate) {
      Duration left = within.minus(forUpdate);
      return this.<R>standing(start, left)
          .filter(answer -> answer instanceof UpdateAnswer.Occupied)
          .orElseGet(() -> again(start, update, result, left));
    } catch (WorkflowExecutionAlreadyStarted other) {
      Duration left = within.minus(forUpdate);
      return this.<R>standing(start, left).orElseGet(() -> again(start, update, result, left));
    }
  }

  /** What stood in the way has ended since; so may what comes next, while there is time. */
  private <R> UpdateAnswer<R> again(
      WorkflowStart start, String update, Class<R> result, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      try {
        return within(left, () -> send(start, update, result, left));
      } catch (WorkflowUpdateException | WorkflowExecutionAlreadyStarted nextInTheWay) {
        Optional<UpdateAnswer<R>> standing = standing(start, left);
        if (standing.isPresent()) {
          return standing.get();
        }
        if (System.nanoTime() >= end) {
          throw new ProblemException(
              FailureType.BUSY, "One operation follows the other on this database.");
        }
      }
    }
  }

  private <R> UpdateAnswer<R> send(
      WorkflowStart start, String update, Class<R> result, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    WorkflowStub stub = client.newUntypedWorkflowStub(start.type(), start.options());
    WorkflowUpdateHandle<R> handle =
        stub.startUpdateWithStart(
            UpdateOptions.newBuilder(result)
                .setUpdateName(update)
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build(),
            new Object[0],
            new Object[] {start.request()});
    return outcome(handle, end);
  }

  /**
   * Sends an update to a workflow that runs, and waits for its answer.
   *
   * @throws WorkflowNotFoundException when it does not run
   * @throws ProblemException the update's typed failure, or TemporalUnavailable
   */
  public <R> UpdateAnswer<R> update(
      WorkflowExecution execution,
      String update,
      Class<R> result,
      Duration within,
      Object... arguments) {
    long end = System.nanoTime() + within.toNanos();
    return within(
        within,
        () ->
            outcome(
                stub(execution)
                    .startUpdate(
                        UpdateOptions.newBuilder(result)
                            .setUpdateName(update)
                            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                            .build(),
                        arguments),
                end));
  }

  /**
   * Asks a workflow to stop and to undo what it did. Asking twice is as good as once.
   *
   * @throws WorkflowNotFoundException when it does not run
   */
  public void cancel(WorkflowExecution execution, String reason, Duration within) {
    within(
        within,
        () -> {
          try {
            stub(execution).cancel(reason);
          } catch (RuntimeException thrown) {
            if (!alreadyThere(thrown)) {
              throw thrown;
            }
          }
          return true;
        });
  }

  /**
   * Starts the workflow, or meets the one that runs where its policy says so.
   *
   * @throws ProblemException TemporalUnavailable: whether it was started is not known then
   */
  public WorkflowExecution start(WorkflowStart start, Duration within) {
    return within(
        within,
        () -> client.newUntypedWorkflowStub(start.type(), start.options()).start(start.request()));
  }

  /**
   * Sends a signal to whatever runs under the id.
   *
   * @throws WorkflowNotFoundException when nothing does
   */
  public void signal(String workflowId, String signal, Duration within) {
    within(
        within,
        () -> {
          client.newUntypedWorkflowStub(workflowId).signal(signal);
          return true;
        });
  }

  /** The one run, not whichever is the latest. */
  private WorkflowStub stub(WorkflowExecution execution) {
    return client.newUntypedWorkflowStub(
        WorkflowTargetOptions.newBuilder().setWorkflowExecution(execution).build());
  }

  private static <R> UpdateAnswer<R> outcome(WorkflowUpdateHandle<R> handle, long end) {
    // A server may answer as soon as the update is accepted. The client's own waiting for the rest
    // heeds no deadline of ours.
    long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    CompletableFuture<R> answer = handle.getResultAsync(left, TimeUnit.MILLISECONDS);
    try {
      @Nullable R value = answer.get(left, TimeUnit.MILLISECONDS);
      return new UpdateAnswer.Settled<>(Optional.ofNullable(value), handle.getExecution());
    } catch (TimeoutException e) {
      return new UpdateAnswer.Running<>(handle.getExecution());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new UpdateAnswer.Running<>(handle.getExecution());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WorkflowUpdateTimeoutOrCancelledException) {
        return new UpdateAnswer.Running<>(handle.getExecution());
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("the update's answer cannot be read", e);
    }
  }

  /** What runs under the id of a workflow that was to be started; empty when nothing does. */
  private <R> Optional<UpdateAnswer<R>> standing(WorkflowStart start, Duration within) {
    return describe(start.workflowId(), Optional.empty(), within)
        .filter(TemporalGateway::running)
        .map(
            found ->
                start.meant(found)
                    ? new UpdateAnswer.Running<R>(found.getExecution())
                    : new UpdateAnswer.Occupied<R>(found.getExecution()));
  }

  /**
   * @param runId empty for the latest run
   * @return empty when there is no such workflow
   */
  public Optional<WorkflowExecutionDescription> describe(
      String workflowId, Optional<String> runId, Duration within) {
    WorkflowTargetOptions.Builder target =
        WorkflowTargetOptions.newBuilder().setWorkflowId(workflowId);
    runId.ifPresent(target::setRunId);
    try {
      return Optional.of(
          within(within, () -> client.newUntypedWorkflowStub(target.build()).describe()));
    } catch (WorkflowNotFoundException notFound) {
      return Optional.empty();
    }
  }

  public static boolean running(WorkflowExecutionDescription found) {
    return found.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  /**
   * Runs calls to Temporal that must be over in time.
   *
   * @throws ProblemException a typed failure of a workflow, or TemporalUnavailable
   */
  public <T> T within(Duration time, Supplier<T> calls) {
    try {
      return before(time, calls);
    } catch (RuntimeException thrown) {
      throw translated(thrown);
    }
  }

  /**
   * As {@link #within}, a call that a workflow answers by a query, of which a server loses some: of
   * schedules that had changed just before, about one in 300 found nobody until Temporal gave its
   * worker's own queue up after five seconds, while the next was answered at once.
   */
  public <T> T query(Duration time, Supplier<T> query) {
    return within(
        time,
        () -> {
          Duration patience = time.dividedBy(FIRST_PATIENCE);
          while (true) {
            try {
              return before(patience, query);
            } catch (StatusRuntimeException lost) {
              if (lost.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED
                  || Context.current().isCancelled()) {
                throw lost;
              }
              patience = patience.multipliedBy(2);
            }
          }
        });
  }

  private <T> T before(Duration time, Supplier<T> calls) {
    Context.CancellableContext context =
        Context.current()
            .withDeadlineAfter(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS, deadlines);
    Context outer = context.attach();
    try {
      return calls.get();
    } finally {
      context.detach(outer);
      context.cancel(null);
    }
  }

  private static RuntimeException translated(RuntimeException thrown) {
    Optional<ApplicationFailure> failure = Failures.find(thrown);
    Optional<FailureType> type = failure.flatMap(f -> FailureType.fromWireName(f.getType()));
    if (type.isPresent()) {
      ProblemException problem =
          new ProblemException(
              type.get(), failure.map(ApplicationFailure::getOriginalMessage).orElse(""));
      return operation(thrown).map(problem::withOperation).orElse(problem);
    }
    if (missingNamespace(thrown)) {
      LOG.error("Temporal has no namespace of the configured name");
      return unavailable();
    }
    if (thrown instanceof WorkflowNotFoundException) {
      return thrown;
    }
    if (alreadyThere(thrown)) {
      return new WorkflowExecutionAlreadyStarted(
          WorkflowExecution.getDefaultInstance(), "", thrown);
    }
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof TimeoutFailure) {
        return new ProblemException(FailureType.TIMEOUT, "It has not ended in time.");
      }
      if (t instanceof StatusRuntimeException refused) {
        if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
          return new WorkflowNotFoundException(WorkflowExecution.getDefaultInstance(), "", refused);
        }
        LOG.warn("Temporal: {}", refused.getStatus());
        return unavailable();
      }
    }
    return thrown;
  }

  private static boolean alreadyThere(RuntimeException thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof WorkflowExecutionAlreadyStarted
          || (t instanceof StatusRuntimeException refused
              && refused.getStatus().getCode() == Status.Code.ALREADY_EXISTS)) {
        return true;
      }
    }
    return false;
  }

  /** Temporal says NOT_FOUND for a missing namespace as for a missing workflow. */
  private static boolean missingNamespace(RuntimeException thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof StatusRuntimeException refused
          && StatusUtils.hasFailure(refused, NamespaceNotFoundFailure.class)) {
        return true;
      }
    }
    return false;
  }

  private static ProblemException unavailable() {
    return new ProblemException(FailureType.TEMPORAL_UNAVAILABLE, "Temporal does not answer now.");
  }

  /** The operation that failed, where it was one. */
  private static Optional<String> operation(RuntimeException thrown) {
    return thrown instanceof WorkflowException failed
            && WorkflowIds.isDatabase(failed.getExecution().getWorkflowId())
            && !failed.getExecution().getRunId().isEmpty()
        ? Optional.of(OperationId.of(failed.getExecution()).toString())
        : Optional.empty();
  }
}
