package io.tas.dbhub.api.audit;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.storage.journal.JournalQueue;
import java.time.Duration;

/** Entries that the API writes by itself, on their way into the journal. Thread-safe. */
public final class AuditQueue implements Managed {
  private static final int MOST = 10_000;
  private static final int AT_ONCE = 100;

  private final JournalQueue<AuditEntry> queue;

  public AuditQueue(Journal journal, MetricRegistry metrics) {
    this.queue =
        new JournalQueue<>(
            "audit",
            journal::append,
            new JournalQueue.Room<>(entry -> 1, MOST, AT_ONCE, Duration.ZERO),
            AuditQueue::inLog,
            metrics);
  }

  /** Never waits. */
  public void offer(AuditEntry entry) {
    queue.offer(entry);
  }

  @Override
  public void start() {
    queue.start();
  }

  @Override
  public void stop() throws InterruptedException {
    queue.stop();
  }

  private static String inLog(AuditEntry entry) {
    return "%s %s of %s by %s of %s"
        .formatted(
            entry.outcome().wireName(),
            entry.action(),
            entry.objectId(),
            JournalQueue.printable(entry.actor()),
            entry.scope().tenantId());
  }
}
