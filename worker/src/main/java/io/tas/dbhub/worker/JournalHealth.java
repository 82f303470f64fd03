package io.tas.dbhub.worker;

import com.codahale.metrics.health.HealthCheck;
import io.tas.dbhub.storage.journal.Journal;

/** Whether the journal can be written to: nothing waits for it, so somebody has to be told. */
final class JournalHealth extends HealthCheck {
  private final UntilStarted migration;
  private final Journal journal;

  JournalHealth(UntilStarted migration, Journal journal) {
    this.migration = migration;
    this.journal = journal;
  }

  @Override
  protected Result check() {
    if (!migration.allStarted()) {
      return Result.unhealthy("waits for " + migration.waitingFor());
    }
    journal.ping();
    return Result.healthy();
  }
}
