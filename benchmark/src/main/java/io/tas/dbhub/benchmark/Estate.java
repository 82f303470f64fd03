package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.schema.ColumnType;
import io.tas.dbhub.core.schema.ForeignKey;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaKey;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tables as a large company has them: a key in each, words that are everywhere, and some that are
 * in one table only.
 */
final class Estate {
  private static final List<String> THINGS =
      List.of(
          "customer",
          "order",
          "invoice",
          "account",
          "payment",
          "product",
          "contract",
          "address",
          "country",
          "currency",
          "category",
          "campaign",
          "channel",
          "claim",
          "cost",
          "employee",
          "region",
          "shipment",
          "supplier",
          "ticket",
          "user",
          "role",
          "event",
          "session",
          "price",
          "stock",
          "store",
          "tax",
          "tariff",
          "unit",
          "vehicle",
          "warehouse");
  private static final List<String> PARTS =
      List.of(
          "name",
          "code",
          "status",
          "type",
          "date",
          "amount",
          "total",
          "created_at",
          "updated_at",
          "comment",
          "count",
          "number",
          "key",
          "value",
          "flag",
          "ref");

  private Estate() {}

  /** Of numbers from {@code from} to below {@code to}; each number is always the same table. */
  static List<SchemaTable> tables(int from, int to, int columns) {
    return IntStream.range(from, to).mapToObj(i -> table(i, columns)).toList();
  }

  private static SchemaTable table(int number, int columns) {
    List<SchemaColumn> all = new ArrayList<>();
    all.add(new SchemaColumn("id", 1, "bigint", ColumnType.INTEGER, false, null, null));
    for (int i = 1; i < columns; i++) {
      all.add(column(number, i));
    }
    ForeignKey key =
        new ForeignKey("parent", List.of(all.get(1).name()), name(number / 2), List.of("id"));
    return new SchemaTable(
        name(number),
        TableKind.TABLE,
        number % 3 == 0 ? "What every " + THINGS.get(number % THINGS.size()) + " has" : null,
        (long) number,
        all,
        List.of(new SchemaKey("pk", true, List.of("id"))),
        List.of(key),
        List.of());
  }

  /** Every fifth has a number of its table in its name, every seventh a comment. */
  private static SchemaColumn column(int table, int i) {
    int mixed = table * 31 + i * 17;
    String thing = THINGS.get(Math.floorMod(mixed, THINGS.size()));
    String part = PARTS.get(Math.floorMod(mixed / THINGS.size() + i, PARTS.size()));
    return new SchemaColumn(
        thing + "_" + part + (i % 5 == 0 ? "_" + table % 997 : ""),
        i + 1,
        "varchar(80)",
        ColumnType.TEXT,
        true,
        null,
        i % 7 == 0 ? "seldom" + table : null);
  }

  private static TableName name(int number) {
    return new TableName(
        "public",
        THINGS.get(number % THINGS.size())
            + "_"
            + THINGS.get(number / THINGS.size() % THINGS.size())
            + "_"
            + number);
  }
}
