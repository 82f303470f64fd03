package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.audit.AuditEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the journal.
 *
 * @param entries newest first
 * @param nextCursor where the next page begins; null when this is the last
 */
public record AuditPage(List<AuditEntry> entries, @Nullable String nextCursor) {
  public AuditPage {
    entries = List.copyOf(entries);
  }
}
