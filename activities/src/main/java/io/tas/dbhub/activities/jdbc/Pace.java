package io.tas.dbhub.activities.jdbc;

import java.time.Duration;

/** Spreads what many threads do evenly over time. Thread-safe. */
final class Pace {
  private final long periodNanos;
  private long next;

  /**
   * @param period between two turns
   */
  Pace(Duration period) {
    this.periodNanos = period.toNanos();
    this.next = System.nanoTime();
  }

  /** Waits for the caller's turn. */
  void await() throws InterruptedException {
    Thread.sleep(Duration.ofNanos(turn()).toMillis());
  }

  /** How long the caller has to wait, in nanoseconds. */
  private synchronized long turn() {
    long now = System.nanoTime();
    long mine = Math.max(next - now, 0);
    next = now + mine + periodNanos;
    return mine;
  }
}
