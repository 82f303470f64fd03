package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A probe over time: when it is due, and what its last tries add up to.
 *
 * <p>Until it passes for the first time it is tried several times a second, so that a rollout need
 * not wait for a whole period; such early failures count once per period, as if they had been tried
 * only then.
 */
final class ProbeState {

  private static final Duration EAGER = Duration.ofMillis(200);

  private final Probe probe;
  private final Container container;
  private final String podIp;
  private final ProbeCheck check;
  private final Duration period;
  private final int failuresNeeded;
  private final int successesNeeded;
  private long due;
  private long countFailuresFrom;
  private int failures;
  private int successes;
  private boolean passedOnce;
  private boolean passing;

  private ProbeState(Probe probe, Container container, String podIp, ProbeCheck check, long now) {
    this.probe = probe;
    this.container = container;
    this.podIp = podIp;
    this.check = check;
    this.period = ProbeCheck.seconds(probe.getPeriodSeconds(), 10);
    this.failuresNeeded = probe.getFailureThreshold() == null ? 3 : probe.getFailureThreshold();
    this.successesNeeded = probe.getSuccessThreshold() == null ? 1 : probe.getSuccessThreshold();
    this.due = now + ProbeCheck.seconds(probe.getInitialDelaySeconds(), 0).toNanos();
    this.countFailuresFrom = due + period.toNanos();
  }

  static @Nullable ProbeState of(
      @Nullable Probe probe, Container container, String podIp, ProbeCheck check, long now) {
    return probe == null ? null : new ProbeState(probe, container, podIp, check, now);
  }

  /** Tries when it is time to. */
  void tick(long now) throws InterruptedException {
    if (now < due) {
      return;
    }
    if (check.passes(probe, container, podIp)) {
      passedOnce = true;
      failures = 0;
      successes++;
      passing = passing || successes >= successesNeeded;
    } else {
      successes = 0;
      if (passedOnce || now >= countFailuresFrom) {
        failures++;
        countFailuresFrom = now + period.toNanos();
      }
      passing = passing && failures < failuresNeeded;
    }
    due = System.nanoTime() + (passing ? period : shorter(EAGER, period)).toNanos();
    if (passedOnce && !passing) {
      due = System.nanoTime() + period.toNanos();
    }
  }

  boolean passing() {
    return passing;
  }

  /** Failed as often in a row as the threshold says. */
  boolean failed() {
    return failures >= failuresNeeded;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
