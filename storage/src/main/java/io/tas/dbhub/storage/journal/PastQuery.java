package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.audit.QueryRecord;

/**
 * A query of the history.
 *
 * @param pinned whether it stays for as long as somebody keeps it
 */
public record PastQuery(QueryRecord query, boolean pinned) {}
