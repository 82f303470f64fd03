package io.tas.dbhub.core.schema;

/**
 * How much there is.
 *
 * @param tables tables and views
 * @param columns of all of them
 */
public record SchemaTotals(long tables, long columns) {}
