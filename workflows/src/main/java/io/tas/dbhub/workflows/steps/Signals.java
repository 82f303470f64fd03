package io.tas.dbhub.workflows.steps;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.SignalExternalWorkflowException;

/** Signals to other workflows. */
public final class Signals {
  private static final String NOT_FOUND =
      "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND";

  private Signals() {}

  /** Sends a signal; that its receiver does not run, or has just ended, is fine. */
  public static void ifRunning(Functions.Proc signal) {
    try {
      signal.apply();
    } catch (SignalExternalWorkflowException notRunning) {
      // Nobody is there to be told.
    } catch (ApplicationFailure failure) {
      // The same news, as newer servers tell it.
      if (!NOT_FOUND.equals(failure.getType())) {
        throw failure;
      }
    }
  }
}
