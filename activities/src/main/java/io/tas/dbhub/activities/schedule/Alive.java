package io.tas.dbhub.activities.schedule;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells Temporal that an attempt goes on, while its thread waits for a database; and ends what it
 * waits for when nobody wants it any more. Thread-safe.
 */
public final class Alive implements AutoCloseable {
  private static final int EVERY_SECONDS = 3;

  private final ActivityExecutionContext activity;
  private final ScheduledFuture<?> beats;
  private volatile Runnable abandon = () -> {};
  private volatile boolean stopping;

  /**
   * @param clock stays the caller's
   */
  public Alive(ActivityExecutionContext activity, ScheduledExecutorService clock) {
    this.activity = activity;
    this.beats =
        clock.scheduleWithFixedDelay(this::beat, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * From now on there is something to end.
   *
   * @param ending may be called several times
   */
  public void ending(Runnable ending) {
    abandon = ending;
  }

  private void beat() {
    try {
      activity.heartbeat(null);
    } catch (ActivityWorkerShutdownException e) {
      // It may come to its end; what does not is ended with the worker.
      stopping = true;
    } catch (ActivityCompletionException e) {
      abandon.run();
    }
  }

  /** Whether the worker stops. */
  public boolean stopping() {
    return stopping;
  }

  @Override
  public void close() {
    beats.cancel(false);
  }
}
