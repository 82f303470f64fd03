package io.tas.dbhub.core.audit;

import java.util.List;

/** Entries to be delivered together. */
public record AuditEntries(List<AuditEntry> entries) {
  public AuditEntries {
    entries = List.copyOf(entries);
  }
}
