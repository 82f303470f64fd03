package io.tas.dbhub.api.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.schema.SyncReport;

/** What a sync found. */
@Schema(name = "SyncReport")
record SyncView(
    String databaseId,
    @Schema(
            description =
                "first, unchanged, changed: the catalogue has what the database has; ignored,"
                    + " rejected: it stays as it was; awaiting: a person is to say",
            allowableValues = {"first", "unchanged", "changed", "ignored", "awaiting", "rejected"})
        String outcome,
    long version,
    long tables,
    long columns,
    long added,
    long removed,
    long altered) {
  static SyncView of(String databaseId, SyncReport report) {
    return new SyncView(
        databaseId,
        report.outcome().wireName(),
        report.version(),
        report.totals().tables(),
        report.totals().columns(),
        report.changes().added(),
        report.changes().removed(),
        report.changes().altered());
  }
}
