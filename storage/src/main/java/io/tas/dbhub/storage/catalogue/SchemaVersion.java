package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.schema.ChangeTotals;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state that a sync found.
 *
 * @param run that found it
 * @param initial the first one of the database: what it added are all tables, and no changes are
 *     told
 * @param decidedBy who rejected it; null where nobody did
 * @param decidedAt null where nobody did
 * @param reason why they did; null where nobody did
 */
public record SchemaVersion(
    long number,
    Instant foundAt,
    String run,
    VersionState state,
    boolean initial,
    ChangeTotals totals,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String reason) {}
