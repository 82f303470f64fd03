package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.schema.ForeignKey;
import io.tas.dbhub.core.schema.TableName;

/**
 * A table that foreign keys lead to, on a shortest way.
 *
 * @param distance how many keys it is away, from 1
 * @param via the table before it on the way
 * @param referenced whether the key is one of {@code via}; otherwise it is the table's own
 * @param key the last one of the way
 */
public record RelatedTable(
    TableName table, int distance, TableName via, boolean referenced, ForeignKey key) {}
