package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.schema.SchemaTable;
import java.time.Instant;

/**
 * A table as the catalogue has it, or had it.
 *
 * @param table of a past state without rows
 * @param validFrom when it was found to be that
 */
public record CataloguedTable(SchemaTable table, Instant validFrom) {}
