package io.tas.dbhub.activities.batch;

import io.tas.dbhub.activities.schedule.Alive;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import java.time.Duration;

/** How long an attempt waits. What it waits for goes on, and the next attempt finds it. */
final class Patience {
  private static final Duration ATTEMPT = Duration.ofMinutes(10);

  private final Alive alive;
  private final long end = System.nanoTime() + ATTEMPT.toNanos();
  private volatile boolean abandoned;

  Patience(Alive alive) {
    this.alive = alive;
    alive.ending(() -> abandoned = true);
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure one that is retried, when the time is up, the
   *     worker stops, or nobody wants this attempt any more
   */
  void check() {
    if (abandoned || alive.stopping()) {
      throw Failures.of(FailureType.WORKER_UNAVAILABLE, "another attempt goes on with the row");
    }
    if (System.nanoTime() - end > 0) {
      throw Failures.of(FailureType.TIMEOUT, "the operation of the row goes on");
    }
  }
}
