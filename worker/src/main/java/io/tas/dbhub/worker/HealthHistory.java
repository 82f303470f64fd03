package io.tas.dbhub.worker;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.tas.dbhub.core.health.HealthSample;
import io.tas.dbhub.storage.journal.JournalQueue;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes what checks found into the history of health. No check waits for that: many are written
 * together, a second later. While the journal is down they wait in memory, some thirty thousand of
 * them; what finds no room is only counted ({@code health.lost}), because the next check says again
 * how its database is. An orderly stop writes what waits. Thread-safe.
 */
final class HealthHistory implements Managed {
  /** In characters, of which most take a byte. */
  private static final long MOST = 16_000_000;

  /** What a line takes beside its message. */
  private static final long OVERHEAD = 500;

  private static final int AT_ONCE = 500;
  private static final Duration GATHER = Duration.ofSeconds(1);

  private final JournalQueue<HealthSample> queue;

  /**
   * @param journal writes all of a list or throws {@link JournalUnavailableException}
   */
  HealthHistory(Consumer<List<HealthSample>> journal, MetricRegistry metrics) {
    this.queue =
        new JournalQueue<>(
            "health",
            journal,
            new JournalQueue.Room<>(
                sample -> OVERHEAD + sample.message().length(), MOST, AT_ONCE, GATHER),
            sample -> "",
            metrics);
  }

  /** Never waits. What is offered twice is one. */
  void offer(HealthSample sample) {
    queue.offer(sample);
  }

  @Override
  public void start() {
    queue.start();
  }

  @Override
  public void stop() throws InterruptedException {
    queue.stop();
  }
}
