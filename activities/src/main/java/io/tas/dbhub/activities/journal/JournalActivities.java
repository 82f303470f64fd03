package io.tas.dbhub.activities.journal;

import io.tas.dbhub.core.audit.AuditEntries;
import io.tas.dbhub.core.audit.AuditJournal;
import io.tas.dbhub.storage.journal.Journal;

/** What workflows write into the journal. Safe for use by several threads. */
public final class JournalActivities implements AuditJournal {
  private final Journal journal;

  public JournalActivities(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void append(AuditEntries entries) {
    JournalFailures.translateVoid(() -> journal.append(entries.entries()));
  }
}
