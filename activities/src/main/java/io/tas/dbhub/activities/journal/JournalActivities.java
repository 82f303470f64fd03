package io.tas.dbhub.activities.journal;

import io.tas.dbhub.core.audit.AuditEntries;
import io.tas.dbhub.core.audit.AuditJournal;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.storage.journal.JournalUnavailableException;

/** What workflows write into the journal. Safe for use by several threads. */
public final class JournalActivities implements AuditJournal {
  private final Journal journal;

  public JournalActivities(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void append(AuditEntries entries) {
    try {
      journal.append(entries.entries());
    } catch (JournalUnavailableException e) {
      // The cause stays behind: a driver's text goes into no history.
      throw Failures.of(FailureType.JOURNAL_UNAVAILABLE, "the journal is not available");
    }
  }
}
