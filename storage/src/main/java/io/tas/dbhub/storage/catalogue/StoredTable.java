package io.tas.dbhub.storage.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What a sync compares a table with.
 *
 * @param digest see {@link io.tas.dbhub.core.schema.TableDigest}
 * @param rows what the target reckoned; null where it did not tell
 */
public record StoredTable(String digest, @Nullable Long rows) {}
