package io.tas.dbhub.core.schema;

/**
 * What a sync found and did. Counts only: no name of a table gets into a history.
 *
 * @param version that is now in the catalogue; of a change that waits, the number it is listed
 *     under
 * @param totals what the target has
 * @param changes in what it differs from the catalogue before
 * @param digest of what was found, by which it is approved or rejected
 * @param statements that the target was asked
 */
public record SyncReport(
    SyncOutcome outcome,
    long version,
    SchemaTotals totals,
    ChangeTotals changes,
    String digest,
    int statements) {}
