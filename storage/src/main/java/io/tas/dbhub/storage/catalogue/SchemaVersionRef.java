package io.tas.dbhub.storage.catalogue;

import java.time.Instant;

/**
 * A version that is being written.
 *
 * @param foundAt strictly later than that of any version before
 * @param initial whether there was none before: it tells no changes
 */
public record SchemaVersionRef(long number, Instant foundAt, boolean initial) {}
