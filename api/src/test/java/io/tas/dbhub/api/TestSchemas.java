package io.tas.dbhub.api;

import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.ColumnType;
import io.tas.dbhub.core.schema.ForeignKey;
import io.tas.dbhub.core.schema.RejectChange;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaKey;
import io.tas.dbhub.core.schema.SchemaSync;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.SchemaTotals;
import io.tas.dbhub.core.schema.SyncOrder;
import io.tas.dbhub.core.schema.SyncOutcome;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.catalogue.Pen;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import io.tas.dbhub.storage.catalogue.SchemaVersionRef;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Syncs into the real catalogue; every target has a little more each time: first towns, then
 * rivers.
 */
final class TestSchemas implements SchemaSync {
  private static final SchemaTable TOWNS =
      new SchemaTable(
          new TableName("pub\"lic", "towns"),
          TableKind.TABLE,
          "where people live",
          2L,
          List.of(
              column("id", 1, "integer", ColumnType.INTEGER, false, null),
              column("postal_code", 2, "text", ColumnType.TEXT, true, "'8000'")),
          List.of(new SchemaKey("towns_pkey", true, List.of("id"))),
          List.of(),
          List.of());

  private static final SchemaTable RIVERS =
      new SchemaTable(
          new TableName("pub\"lic", "rivers"),
          TableKind.TABLE,
          null,
          null,
          List.of(column("town_id", 1, "integer", ColumnType.INTEGER, true, null)),
          List.of(),
          List.of(new ForeignKey("river_town", List.of("town_id"), TOWNS.name(), List.of("id"))),
          List.of());

  private final SchemaCatalogue catalogue;

  TestSchemas(SchemaCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  private static SchemaColumn column(
      String name,
      int position,
      String type,
      ColumnType normalized,
      boolean nullable,
      @Nullable String defaultValue) {
    return new SchemaColumn(name, position, type, normalized, nullable, defaultValue, null);
  }

  @Override
  public SyncReport sync(SyncOrder order) {
    Pen pen = catalogue.take(order.database(), UUID.randomUUID().toString());
    long before = catalogue.stored(pen).state().version();
    SchemaTotals totals = new SchemaTotals(before == 0 ? 1 : 2, before == 0 ? 2 : 3);
    if (before == 2) {
      catalogue.unchanged(pen, Instant.now());
      return new SyncReport(SyncOutcome.UNCHANGED, 2, totals, ChangeTotals.NONE, "2", 4);
    }
    SchemaVersionRef version = catalogue.open(pen, "run", Instant.now());
    catalogue.write(pen, version, List.of(before == 0 ? TOWNS : RIVERS));
    catalogue.finish(pen, version, "atlas", totals, "" + version.number(), Instant.now());
    return new SyncReport(
        before == 0 ? SyncOutcome.FIRST : SyncOutcome.CHANGED,
        version.number(),
        totals,
        new ChangeTotals(1, 0, 0),
        "" + version.number(),
        4);
  }

  @Override
  public long reject(RejectChange change) {
    throw new UnsupportedOperationException();
  }
}
