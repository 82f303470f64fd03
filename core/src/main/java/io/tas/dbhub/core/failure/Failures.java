package io.tas.dbhub.core.failure;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;

/** Makes and reads typed failures. The only place that knows how they travel through Temporal. */
public final class Failures {
  private Failures() {}

  /**
   * @param message for people; must hold no credential and no text of a driver
   * @param details values for machines, such as violations
   */
  public static ApplicationFailure of(FailureType type, String message, Object... details) {
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder()
            .setType(type.wireName())
            .setMessage(message)
            .setNonRetryable(!type.retryable());
    if (details.length > 0) {
      failure.setDetails(details);
    }
    return failure.build();
  }

  /** The typed failure nearest to the surface of a chain of causes. */
  public static Optional<ApplicationFailure> find(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof ApplicationFailure failure
          && FailureType.fromWireName(failure.getType()).isPresent()) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }

  /** The type of the failure, {@link FailureType#INTERNAL} when it has none of ours. */
  public static FailureType typeOf(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof CanceledFailure) {
        return FailureType.CANCELLED;
      }
    }
    return find(thrown)
        .flatMap(failure -> FailureType.fromWireName(failure.getType()))
        .orElse(FailureType.INTERNAL);
  }
}
