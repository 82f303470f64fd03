package io.tas.dbhub.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableDigestTest {
  private static final TableName NAME = new TableName("public", "orders");

  @Test
  void whatTheTargetReckonsOfItsRowsIsNoChange() {
    assertThat(TableDigest.of(SchemaTables.orders(5L)))
        .isEqualTo(TableDigest.of(SchemaTables.orders(500_000L)))
        .hasSize(22);
  }

  static Stream<SchemaTable> changes() {
    SchemaTable table = SchemaTables.orders(5L);
    SchemaColumn id = table.columns().get(0);
    return Stream.of(
        with(table, new TableName("public", "order")),
        with(table, new TableName("publico", "rders")),
        SchemaTables.with(table, TableKind.VIEW, table.comment()),
        SchemaTables.with(table, table.kind(), null),
        SchemaTables.with(table, table.kind(), ""),
        SchemaTables.columns(table, List.of(id)),
        SchemaTables.columns(table, List.of(table.columns().get(1), id)),
        SchemaTables.columns(table, List.of(column(id, "bigint", false, null), columnOf(table))),
        SchemaTables.columns(table, List.of(column(id, "integer", true, null), columnOf(table))),
        SchemaTables.columns(table, List.of(column(id, "integer", false, "1"), columnOf(table))),
        SchemaTables.keys(table, List.of(), table.foreignKeys(), table.indexes()),
        SchemaTables.keys(
            table,
            List.of(new SchemaKey("orders_pkey", false, List.of("id"))),
            table.foreignKeys(),
            table.indexes()),
        SchemaTables.keys(table, table.keys(), List.of(), table.indexes()),
        SchemaTables.keys(table, table.keys(), table.foreignKeys(), List.of()),
        SchemaTables.keys(
            table,
            table.keys(),
            table.foreignKeys(),
            List.of(new SchemaIndex("by_customer", true, List.of("customer_id")))));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void anyOtherChangeIsOne(SchemaTable changed) {
    assertThat(TableDigest.of(changed)).isNotEqualTo(TableDigest.of(SchemaTables.orders(5L)));
  }

  @Test
  void aWholeSchemasDigestHeedsNoOrder() {
    Map<TableName, String> some = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      some.put(new TableName("s" + i % 7, "t" + i), "d" + i);
    }
    Map<TableName, String> same = new HashMap<>(1_000);
    for (int i = 99; i >= 0; i--) {
      same.put(new TableName("s" + i % 7, "t" + i), "d" + i);
    }

    assertThat(TableDigest.ofAll(some)).isEqualTo(TableDigest.ofAll(same));
    same.put(NAME, "more");
    assertThat(TableDigest.ofAll(some)).isNotEqualTo(TableDigest.ofAll(same));
  }

  private static SchemaTable with(SchemaTable table, TableName name) {
    return new SchemaTable(
        name,
        table.kind(),
        table.comment(),
        table.rows(),
        table.columns(),
        table.keys(),
        table.foreignKeys(),
        table.indexes());
  }

  private static SchemaColumn columnOf(SchemaTable table) {
    return table.columns().get(1);
  }

  private static SchemaColumn column(
      SchemaColumn like, String type, boolean nullable, String defaultValue) {
    return new SchemaColumn(
        like.name(), like.position(), type, like.normalized(), nullable, defaultValue, null);
  }
}
