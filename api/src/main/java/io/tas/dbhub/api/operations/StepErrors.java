package io.tas.dbhub.api.operations;

import io.tas.dbhub.core.failure.FailureType;
import io.temporal.api.failure.v1.Failure;

/** Reduces a failure of a history to what everybody may read. */
final class StepErrors {
  private StepErrors() {}

  /**
   * The typed failure nearest to the surface; a failure without a type shows no text of its own.
   */
  static Step.StepError of(Failure failure) {
    for (Failure f = failure; ; f = f.getCause()) {
      String type = f.getApplicationFailureInfo().getType();
      if (FailureType.fromWireName(type).isPresent()) {
        return new Step.StepError(type, f.getMessage());
      }
      if (f.hasTimeoutFailureInfo()) {
        return new Step.StepError(
            FailureType.TIMEOUT.wireName(), "It did not answer in the time it had.");
      }
      if (f.hasCanceledFailureInfo()) {
        return new Step.StepError(FailureType.CANCELLED.wireName(), "It was cancelled.");
      }
      if (f.hasTerminatedFailureInfo()) {
        return new Step.StepError(FailureType.CANCELLED.wireName(), "It was terminated.");
      }
      if (!f.hasCause()) {
        return new Step.StepError(
            FailureType.INTERNAL.wireName(), "Something went wrong that nothing foresaw.");
      }
    }
  }
}
