package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.ColumnType;
import io.tas.dbhub.core.schema.ForeignKey;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.SchemaTotals;
import io.tas.dbhub.core.schema.TableDigest;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.inventory.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.neo4j.driver.Driver;

/** Databases and tables to try things with, and syncs as they are done. */
final class Tables {
  static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

  private Tables() {}

  /** One that is patient with a busy machine. */
  static SchemaCatalogue catalogue(Driver driver) {
    return new SchemaCatalogue(driver, Duration.ofMinutes(1));
  }

  static DatabaseRef database(Driver driver, Scope scope) {
    Database database =
        Samples.create(
            Samples.inventory(driver, Clock.systemUTC()),
            Samples.definition(scope, "db-" + UUID.randomUUID()));
    return database.definition().ref();
  }

  static TableName name(String table) {
    return new TableName("public", table);
  }

  static SchemaTable table(String name, String... columns) {
    return table(name(name), List.of(), columns);
  }

  static SchemaTable table(TableName name, List<ForeignKey> keys, String... columns) {
    return new SchemaTable(
        name,
        TableKind.TABLE,
        null,
        null,
        IntStream.range(0, columns.length).mapToObj(i -> column(columns[i], i + 1, null)).toList(),
        List.of(),
        keys,
        List.of());
  }

  static SchemaColumn column(String name, int position, String comment) {
    return new SchemaColumn(name, position, "text", ColumnType.TEXT, true, null, comment);
  }

  static ForeignKey reference(String name, String table) {
    return new ForeignKey(name, List.of(table + "_id"), name(table), List.of("id"));
  }

  /** A whole sync: makes the catalogue have these tables and no others. */
  static SchemaVersionRef sync(
      SchemaCatalogue catalogue, DatabaseRef database, Instant now, SchemaTable... tables) {
    Pen pen = catalogue.take(database, UUID.randomUUID().toString());
    SchemaVersionRef version = catalogue.open(pen, "run", now);
    write(catalogue, pen, version, tables);
    finish(catalogue, pen, version, now, tables);
    return version;
  }

  static void write(
      SchemaCatalogue catalogue, Pen pen, SchemaVersionRef version, SchemaTable... tables) {
    Map<TableName, StoredTable> stored = catalogue.stored(pen).tables();
    Map<TableName, SchemaTable> wanted =
        Stream.of(tables).collect(Collectors.toMap(SchemaTable::name, Function.identity()));
    catalogue.write(
        pen,
        version,
        wanted.values().stream()
            .filter(
                table ->
                    !stored.containsKey(table.name())
                        || !stored.get(table.name()).digest().equals(TableDigest.of(table)))
            .toList());
    catalogue.remove(
        pen, version, stored.keySet().stream().filter(name -> !wanted.containsKey(name)).toList());
  }

  static void finish(
      SchemaCatalogue catalogue,
      Pen pen,
      SchemaVersionRef version,
      Instant now,
      SchemaTable... tables) {
    catalogue.finish(pen, version, "app", totals(tables), digest(tables), now);
  }

  static SchemaTotals totals(SchemaTable... tables) {
    return new SchemaTotals(
        tables.length, Arrays.stream(tables).mapToLong(table -> table.columns().size()).sum());
  }

  static String digest(SchemaTable... tables) {
    return TableDigest.ofAll(
        Stream.of(tables).collect(Collectors.toMap(SchemaTable::name, TableDigest::of)));
  }

  /** What is shown at a time; null for now. */
  static List<SchemaTable> shown(SchemaCatalogue catalogue, DatabaseRef database, Instant asOf) {
    return catalogue
        .tables(database.scope(), database.id(), new TableQuery(null, null, asOf, 1000, null))
        .tables()
        .stream()
        .map(CataloguedTable::table)
        .toList();
  }
}
