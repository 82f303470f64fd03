package io.tas.dbhub.core.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one probe of a database found, step by step.
 *
 * @param steps in the order done; after the first that is not ok there are no more
 * @param serverVersion null when it was not reached
 * @param database the database's own name for itself; null when it was not reached
 * @param tables tables and views visible to the login; null when unknown
 * @param readOnlyRole whether the login cannot write; null when unknown
 * @param durationMillis until it was known whether the database answers
 */
public record Diagnosis(
    boolean reachable,
    List<DiagnosisStep> steps,
    @Nullable String serverVersion,
    @Nullable String database,
    @Nullable Long tables,
    @Nullable Boolean readOnlyRole,
    long durationMillis) {
  public Diagnosis {
    steps = List.copyOf(steps);
  }

  /** The error of the step that failed; null when all are ok. */
  public @Nullable ConnectionError firstError() {
    return steps.stream()
        .filter(step -> !step.ok() && step.error() != null)
        .map(DiagnosisStep::error)
        .findFirst()
        .orElse(null);
  }
}
