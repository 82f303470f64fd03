package io.tas.dbhub.core.schema;

import java.util.List;

/** Tables that tests share. */
final class SchemaTables {
  private SchemaTables() {}

  static SchemaTable orders(Long rows) {
    return new SchemaTable(
        new TableName("public", "orders"),
        TableKind.TABLE,
        "what was sold",
        rows,
        List.of(
            new SchemaColumn("id", 1, "integer", ColumnType.INTEGER, false, null, null),
            new SchemaColumn("customer_id", 2, "integer", ColumnType.INTEGER, true, null, "who")),
        List.of(new SchemaKey("orders_pkey", true, List.of("id"))),
        List.of(
            new ForeignKey(
                "orders_customer",
                List.of("customer_id"),
                new TableName("public", "customers"),
                List.of("id"))),
        List.of(new SchemaIndex("by_customer", false, List.of("customer_id"))));
  }

  static SchemaTable with(SchemaTable like, TableKind kind, String comment) {
    return new SchemaTable(
        like.name(),
        kind,
        comment,
        like.rows(),
        like.columns(),
        like.keys(),
        like.foreignKeys(),
        like.indexes());
  }

  static SchemaTable columns(SchemaTable like, List<SchemaColumn> columns) {
    return new SchemaTable(
        like.name(),
        like.kind(),
        like.comment(),
        like.rows(),
        columns,
        like.keys(),
        like.foreignKeys(),
        like.indexes());
  }

  static SchemaTable keys(
      SchemaTable like,
      List<SchemaKey> keys,
      List<ForeignKey> foreignKeys,
      List<SchemaIndex> indexes) {
    return new SchemaTable(
        like.name(),
        like.kind(),
        like.comment(),
        like.rows(),
        like.columns(),
        keys,
        foreignKeys,
        indexes);
  }
}
