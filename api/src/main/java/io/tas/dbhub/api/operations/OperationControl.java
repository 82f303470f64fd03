package io.tas.dbhub.api.operations;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.api.temporal.UpdateAnswer;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.Decisions;
import io.tas.dbhub.core.failure.FailureType;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;

/** A person's hand on operations: cancels them, and takes decisions to those that wait for one. */
public final class OperationControl {
  private final TemporalGateway temporal;
  private final Duration answerWithin;

  public OperationControl(TemporalGateway temporal, Duration answerWithin) {
    this.temporal = temporal;
    this.answerWithin = answerWithin;
  }

  /**
   * Takes the decision to this very run.
   *
   * @throws ProblemException NotPossibleNow when it makes no sense now, or the run has ended
   */
  void decide(OperationId operation, Decision decision) {
    UpdateAnswer<Void> answer;
    try {
      answer =
          temporal.update(
              operation.execution(), Decisions.DECIDE, Void.class, answerWithin, decision);
    } catch (WorkflowNotFoundException ended) {
      throw ended();
    } catch (WorkflowUpdateException unknown) {
      throw new ProblemException(
          FailureType.NOT_POSSIBLE_NOW, "The operation does not wait for a decision.");
    }
    if (!(answer instanceof UpdateAnswer.Settled)) {
      throw new ProblemException(
              FailureType.TIMEOUT, "The operation has not taken up the decision in time.")
          .withSuggestion("Look at the operation; decide again if it still waits.");
    }
  }

  /**
   * @throws ProblemException NotPossibleNow when there is nothing to stop, or nothing that could be
   */
  void cancel(Caller caller, OperationView operation, OperationId id) {
    if (operation.status() != OperationStatus.RUNNING) {
      throw ended();
    }
    if (operation.parked() != null) {
      throw new ProblemException(
              FailureType.NOT_POSSIBLE_NOW, "The operation waits for a person's decision.")
          .withSuggestion("Decide about its step.");
    }
    if (!operation.cancellable()) {
      throw new ProblemException(
          FailureType.NOT_POSSIBLE_NOW, "Operations of this type only go forward.");
    }
    try {
      temporal.cancel(id.execution(), "by " + caller.subject(), answerWithin);
    } catch (WorkflowNotFoundException endedNow) {
      throw ended();
    }
  }

  private static ProblemException ended() {
    return new ProblemException(FailureType.NOT_POSSIBLE_NOW, "The operation has ended.");
  }
}
