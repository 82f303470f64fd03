package io.tas.dbhub.api.audit;

import com.codahale.metrics.MetricRegistry;
import io.tas.dbhub.api.journal.JournalQueue;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.storage.journal.Journal;
import java.time.Duration;

/** Entries that the API writes by itself, on their way into the journal. */
public final class AuditQueue {
  private static final int MOST = 10_000;
  private static final int AT_ONCE = 100;

  private AuditQueue() {}

  public static JournalQueue<AuditEntry> of(Journal journal, MetricRegistry metrics) {
    return new JournalQueue<>(
        "audit",
        journal::append,
        new JournalQueue.Room<>(entry -> 1, MOST, AT_ONCE, Duration.ZERO),
        AuditQueue::inLog,
        metrics);
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
