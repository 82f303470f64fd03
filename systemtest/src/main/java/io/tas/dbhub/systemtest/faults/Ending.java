package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.dev.system.Waiting;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;

/** What an operation has come to. */
sealed interface Ending {
  /** It did what it should. */
  record Done() implements Ending {
    @Override
    public String toString() {
      return "done";
    }
  }

  /** It says that it was undone. */
  record Undone(String why) implements Ending {
    @Override
    public String toString() {
      return "undone: " + why;
    }
  }

  /** It waits for a person. */
  record Parked(Optional<ParkedStep> step) implements Ending {
    @Override
    public String toString() {
      return "parked: " + step.map(ParkedStep::step).orElse("?");
    }
  }

  /** What it does instead of ending. */
  record Running(String details) implements Ending {}

  /** Longer than any operation may take in which one thing went wrong. */
  Duration PATIENCE = Duration.ofSeconds(150);

  /**
   * Waits until the operation is closed, or waits for a person.
   *
   * @throws io.tas.dbhub.dev.engine.EngineException when it is stuck
   */
  static Ending await(WorkflowStub operation, boolean parkedCounts) {
    return Waiting.until(
        "an operation to end",
        PATIENCE,
        () -> now(operation),
        ending -> !(ending instanceof Running) && (parkedCounts || !(ending instanceof Parked)));
  }

  /** What it is at this moment. */
  static Ending now(WorkflowStub operation) {
    WorkflowExecutionDescription found = operation.describe();
    WorkflowExecutionStatus status = found.getStatus();
    if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED) {
      return new Done();
    }
    if (status != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
      return new Undone(reason(operation));
    }
    if (Boolean.TRUE.equals(found.getTypedSearchAttributes().get(SearchAttributes.ATTENTION))) {
      return new Parked(
          Optional.ofNullable((ParkedStep) found.getMemo(Memos.PARKED, ParkedStep.class)));
    }
    return new Running(
        found.getRawDescription().getPendingActivitiesList().stream()
            .map(a -> a.getActivityType().getName() + " attempt " + a.getAttempt())
            .toList()
            .toString());
  }

  private static String reason(WorkflowStub operation) {
    try {
      operation.getResult(Object.class);
      return "?";
    } catch (WorkflowException e) {
      return Failures.typeOf(e).wireName();
    }
  }
}
