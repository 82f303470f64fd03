package io.tas.dbhub.api.audit;

import com.codahale.metrics.health.HealthCheck;
import io.tas.dbhub.storage.journal.Journal;

/** Whether the journal answers. */
public final class JournalHealthCheck extends HealthCheck {
  private final Journal journal;

  public JournalHealthCheck(Journal journal) {
    this.journal = journal;
  }

  @Override
  protected Result check() {
    journal.ping();
    return Result.healthy();
  }
}
