package io.tas.dbhub.core.audit;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Writes the journal. An entry that is there already is left as it is.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#JOURNAL}. Fails with {@code
 * JournalUnavailable} (retried).
 */
@ActivityInterface
public interface AuditJournal {
  @ActivityMethod(name = "AppendAudit")
  void append(AuditEntries entries);
}
