package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.jdbc.dialect.Identity;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.DiagnosisStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a probe has done so far. The probe writes; at the deadline the one who waits for it ends the
 * log, and what the probe writes after that is lost. Thread-safe.
 */
final class StepLog {
  private final long started = System.nanoTime();
  private final List<DiagnosisStep> steps = new ArrayList<>();
  private Step current = Step.RESOLVE;
  private long currentStarted = started;
  private @Nullable Identity identity;
  private @Nullable Long tables;
  private @Nullable Boolean readOnlyRole;
  private boolean ended;
  private long endedNanos;

  synchronized Step current() {
    return current;
  }

  /** The current step is done, and another begins. */
  synchronized void next(Step step) {
    if (!ended) {
      add(true, null);
      current = step;
      currentStarted = System.nanoTime();
    }
  }

  synchronized void found(Identity found) {
    identity = found;
  }

  synchronized void counted(Optional<Long> count) {
    tables = count.orElse(null);
  }

  synchronized void judged(Optional<Boolean> readOnly) {
    readOnlyRole = readOnly.orElse(null);
  }

  /** The last step is done. What is asked beyond it neither fails nor delays the finding. */
  synchronized void succeed() {
    if (!ended) {
      add(true, null);
      end();
    }
  }

  /**
   * The probe failed. A driver does several steps in one go, so an error that belongs to a later
   * step than the current one means that the login succeeded, or that TLS was not come to.
   *
   * @param step the earliest that the error can belong to
   */
  synchronized void fail(Step step, ConnectionError error) {
    if (ended) {
      return;
    }
    if (step == Step.QUERY && current == Step.AUTHENTICATE) {
      add(true, null);
      currentStarted = System.nanoTime();
    }
    if (step.compareTo(current) > 0) {
      current = step;
    }
    add(false, error);
    end();
  }

  synchronized Diagnosis diagnosis() {
    boolean reachable = ended && steps.stream().allMatch(DiagnosisStep::ok);
    return new Diagnosis(
        reachable,
        steps,
        identity == null ? null : identity.version(),
        identity == null ? null : identity.database(),
        tables,
        readOnlyRole,
        millis(started, ended ? endedNanos : System.nanoTime()));
  }

  private void end() {
    ended = true;
    endedNanos = System.nanoTime();
  }

  private void add(boolean ok, @Nullable ConnectionError error) {
    steps.add(
        new DiagnosisStep(
            current.wireName(), ok, millis(currentStarted, System.nanoTime()), error));
  }

  private static long millis(long from, long to) {
    return TimeUnit.NANOSECONDS.toMillis(to - from);
  }
}
