package io.tas.dbhub.worker.query;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does every twentieth of a second what others do every few seconds. */
final class QuickClock extends ScheduledThreadPoolExecutor {
  private final AtomicInteger rounds = new AtomicInteger();

  QuickClock() {
    super(1);
  }

  /** How often it was done to the end. */
  int rounds() {
    return rounds.get();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long first, long every, TimeUnit unit) {
    return super.scheduleWithFixedDelay(
        () -> {
          task.run();
          rounds.incrementAndGet();
        },
        50,
        50,
        TimeUnit.MILLISECONDS);
  }
}
