package io.tas.dbhub.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaDifferenceTest {
  private final SchemaTable before = SchemaTables.orders(5L);

  @Test
  void anAddedARemovedAndAnAlteredColumnAreToldApart() {
    SchemaColumn id = before.columns().get(0);
    SchemaTable after =
        SchemaTables.columns(
            before,
            List.of(
                new SchemaColumn("id", 1, "bigint", ColumnType.INTEGER, false, null, null),
                new SchemaColumn("note", 2, "text", ColumnType.TEXT, true, "''", null)));

    TableChange change = SchemaDifference.between(before, after);

    assertThat(change.kind()).isEqualTo(TableChange.Kind.ALTERED);
    assertThat(change.details())
        .containsExactly(
            new ChangeDetail(
                TableChange.Kind.ALTERED,
                ChangeDetail.Part.COLUMN,
                "id",
                id.type() + " not null",
                "bigint not null"),
            new ChangeDetail(
                TableChange.Kind.REMOVED,
                ChangeDetail.Part.COLUMN,
                "customer_id",
                "integer, \"who\"",
                null),
            new ChangeDetail(
                TableChange.Kind.ADDED, ChangeDetail.Part.COLUMN, "note", null, "text default ''"));
  }

  @Test
  void aColumnThatComesFirstAltersNoneBehindIt() {
    SchemaTable after =
        SchemaTables.columns(
            before,
            List.of(
                new SchemaColumn("first", 1, "date", ColumnType.DATE, true, null, null),
                moved(before.columns().get(0), 2),
                moved(before.columns().get(1), 3)));

    assertThat(SchemaDifference.between(before, after).details())
        .extracting(ChangeDetail::name)
        .containsExactly("first");
  }

  @Test
  void anotherOrderOfTheSameColumnsIsTold() {
    SchemaTable after =
        SchemaTables.columns(
            before, List.of(moved(before.columns().get(1), 1), moved(before.columns().get(0), 2)));

    assertThat(SchemaDifference.between(before, after).details())
        .containsExactly(
            new ChangeDetail(
                TableChange.Kind.ALTERED,
                ChangeDetail.Part.TABLE,
                "order of columns",
                "id, customer_id",
                "customer_id, id"));
  }

  @Test
  void keysReferencesIndexesAndTheTableItselfAreTold() {
    SchemaTable after =
        SchemaTables.with(
            SchemaTables.keys(
                before,
                List.of(new SchemaKey("orders_pkey", true, List.of("id", "customer_id"))),
                List.of(),
                List.of(new SchemaIndex("by_customer", true, List.of("customer_id")))),
            TableKind.TABLE,
            null);

    assertThat(SchemaDifference.between(before, after).details())
        .containsExactly(
            new ChangeDetail(
                TableChange.Kind.ALTERED,
                ChangeDetail.Part.KEY,
                "orders_pkey",
                "primary (id)",
                "primary (id, customer_id)"),
            new ChangeDetail(
                TableChange.Kind.REMOVED,
                ChangeDetail.Part.FOREIGN_KEY,
                "orders_customer",
                "(customer_id) to public.customers (id)",
                null),
            new ChangeDetail(
                TableChange.Kind.ALTERED,
                ChangeDetail.Part.INDEX,
                "by_customer",
                "index (customer_id)",
                "unique (customer_id)"),
            new ChangeDetail(
                TableChange.Kind.ALTERED,
                ChangeDetail.Part.TABLE,
                "",
                "table, \"what was sold\"",
                "table"));
  }

  private static SchemaColumn moved(SchemaColumn column, int position) {
    return new SchemaColumn(
        column.name(),
        position,
        column.type(),
        column.normalized(),
        column.nullable(),
        column.defaultValue(),
        column.comment());
  }
}
