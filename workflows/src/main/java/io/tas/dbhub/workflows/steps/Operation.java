package io.tas.dbhub.workflows.steps;

import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * One changing operation of one database, from its first step to its entry in the journal: whole,
 * or undone, or left by somebody's decision. At most one per workflow.
 *
 * @param <T> what it comes to
 */
public final class Operation<T> {
  private final CompletablePromise<T> answer = Workflow.newPromise();
  private final Compensations compensations = new Compensations();
  private final AuditTrail audit;
  private final MustHappen mustHappen;

  public Operation(DatabaseRef database) {
    this.audit = new AuditTrail(database);
    this.mustHappen = new MustHappen(database, new Parking(audit));
  }

  /** The calls that are undone, the last first, when a later one fails. */
  public Compensations compensations() {
    return compensations;
  }

  /**
   * Runs steps that only go forward: cancelling changes nothing, and a failing one parks.
   *
   * @throws ApplicationFailure {@code Abandoned}
   */
  public void mustHappen(List<Step> steps) {
    mustHappen.run(steps);
  }

  /**
   * Answers who waits before the operation is over: from here on nothing is undone any more.
   *
   * @throws CanceledFailure when somebody cancelled it in time
   */
  public void answer(T result) {
    CancellationScope.throwCanceled();
    compensations.forget();
    answer.complete(result);
  }

  /** For the update that waits: what it comes to, or the typed failure once it is undone. */
  public T await() {
    return answer.get();
  }

  /**
   * Does the work; undoes it if it fails or is cancelled.
   *
   * @param done what to say of itself at the end
   */
  public T run(Functions.Func<T> work, Functions.Func1<T, String> done) {
    T result;
    try {
      result = work.apply();
    } catch (TemporalFailure failure) {
      throw undone(failure);
    }
    Workflow.setCurrentDetails(done.apply(result));
    answer.complete(result);
    audit.settled(AuditOutcome.SUCCEEDED, "");
    awaitHandlers();
    return result;
  }

  private TemporalFailure undone(TemporalFailure failure) {
    ApplicationFailure typed = typed(failure);
    FailureType type = Failures.typeOf(typed);
    if (type != FailureType.ABANDONED) {
      try {
        boolean undoing = !compensations.isEmpty();
        compensations.run(mustHappen);
        Workflow.setCurrentDetails(
            "It failed (%s)%s".formatted(typed.getType(), undoing ? "; it was undone." : "."));
      } catch (ApplicationFailure abandoned) {
        typed = abandoned;
        type = FailureType.ABANDONED;
      }
    }
    if (type == FailureType.ABANDONED) {
      Workflow.setCurrentDetails("Abandoned; the inventory lists what is left behind.");
    }
    answer.completeExceptionally(typed);
    audit.settled(outcome(type), detail(type, typed));
    awaitHandlers();
    return failure instanceof CanceledFailure && type == FailureType.CANCELLED ? failure : typed;
  }

  private static AuditOutcome outcome(FailureType type) {
    return switch (type) {
      case ABANDONED -> AuditOutcome.ABANDONED;
      case CANCELLED -> AuditOutcome.CANCELLED;
      default -> AuditOutcome.FAILED;
    };
  }

  private static String detail(FailureType type, ApplicationFailure failure) {
    String reason =
        type == FailureType.CANCELLED
            ? Optional.ofNullable(CancellationScope.current().getCancellationReason()).orElse("")
            : failure.getOriginalMessage();
    return type.wireName() + ": " + reason;
  }

  /** An update still waiting for the answer must have it before the workflow closes. */
  private static void awaitHandlers() {
    Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
        .run();
  }

  private static ApplicationFailure typed(TemporalFailure failure) {
    FailureType type = typeOf(failure);
    if (failure instanceof ApplicationFailure own && type.wireName().equals(own.getType())) {
      // With its details.
      return own;
    }
    String message =
        Failures.find(failure)
            .map(ApplicationFailure::getOriginalMessage)
            .orElse(
                type == FailureType.CANCELLED
                    ? "The operation was cancelled; what it had done was undone."
                    : "A step did not finish in time; everything was undone.");
    return Failures.of(type, message);
  }

  private static FailureType typeOf(TemporalFailure failure) {
    FailureType type = Failures.typeOf(failure);
    boolean timedOut =
        failure instanceof ActivityFailure && failure.getCause() instanceof TimeoutFailure;
    return type == FailureType.INTERNAL && timedOut ? FailureType.TIMEOUT : type;
  }
}
