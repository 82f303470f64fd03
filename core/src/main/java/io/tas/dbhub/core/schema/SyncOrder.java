package io.tas.dbhub.core.schema;

import io.tas.dbhub.core.model.DatabaseRef;
import org.jspecify.annotations.Nullable;

/**
 * One sync.
 *
 * @param approved the digest of the schema that somebody approved; null where nobody did. Anything
 *     else that is found waits again
 */
public record SyncOrder(DatabaseRef database, @Nullable String approved) {}
