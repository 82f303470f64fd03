package io.tas.dbhub.storage.catalogue;

import static io.tas.dbhub.storage.catalogue.Tables.NOON;
import static io.tas.dbhub.storage.catalogue.Tables.shown;
import static io.tas.dbhub.storage.catalogue.Tables.sync;
import static io.tas.dbhub.storage.catalogue.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.inventory.EmbeddedNeo4j;
import io.tas.dbhub.storage.inventory.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class TimeTravelTest {
  private static final SchemaTable ORDERS = table("orders", "id", "total");
  private static final SchemaTable PEOPLE = table("people", "id", "name");
  private static final Instant LATER = NOON.plusSeconds(60);

  private final Scope scope = Samples.newScope();
  private SchemaCatalogue catalogue;
  private DatabaseRef database;

  @BeforeEach
  void makeDatabase(Driver driver) {
    catalogue = Tables.catalogue(driver);
    database = Tables.database(driver, scope);
  }

  @Test
  void aStateHoldsFromWhenItWasFoundUntilTheNextWasFound() {
    SchemaTable altered = table("orders", "id", "total", "vat");
    sync(catalogue, database, NOON, ORDERS);
    sync(catalogue, database, LATER, altered, PEOPLE);

    assertThat(shown(catalogue, database, NOON.minusMillis(1))).isEmpty();
    assertThat(shown(catalogue, database, NOON)).containsExactly(ORDERS);
    assertThat(shown(catalogue, database, LATER.minusMillis(1))).containsExactly(ORDERS);
    assertThat(shown(catalogue, database, LATER)).containsExactly(altered, PEOPLE);
    assertThat(shown(catalogue, database, LATER.plusSeconds(9))).containsExactly(altered, PEOPLE);
  }

  @Test
  void aTableThatWentAndCameBackWasNotThereInBetween() {
    sync(catalogue, database, NOON, ORDERS, PEOPLE);
    sync(catalogue, database, LATER, PEOPLE);
    sync(catalogue, database, LATER.plusSeconds(60), ORDERS, PEOPLE);

    assertThat(shown(catalogue, database, NOON)).containsExactly(ORDERS, PEOPLE);
    assertThat(shown(catalogue, database, LATER)).containsExactly(PEOPLE);
    assertThat(shown(catalogue, database, LATER.plusSeconds(60))).containsExactly(ORDERS, PEOPLE);
    assertThat(
            catalogue
                .tables(scope, database.id(), new TableQuery("public", "orders", null, 10, null))
                .tables())
        .extracting(CataloguedTable::validFrom)
        .containsExactly(LATER.plusSeconds(60));
  }

  @Test
  void schemasAreThoseOfTheTime() {
    SchemaTable old = table(new TableName("old", "t"), List.of(), "id");
    sync(catalogue, database, NOON, ORDERS, old);
    sync(catalogue, database, LATER, ORDERS);

    assertThat(catalogue.schemas(scope, database.id(), NOON)).containsExactly("old", "public");
    assertThat(catalogue.schemas(scope, database.id(), null)).containsExactly("public");
  }

  @Test
  void pagesAreCompleteWhateverTheirSize() {
    SchemaTable[] all =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    table(
                        new TableName("s" + i % 7, i % 3 == 0 ? "\uFF5E" + i : "\uD83D\uDE00" + i),
                        List.of(),
                        "id"))
            .toArray(SchemaTable[]::new);
    sync(catalogue, database, NOON, all);
    // A third of the states is past, a third not there yet.
    SchemaTable[] next =
        IntStream.range(0, 60)
            .filter(i -> i % 3 != 1)
            .mapToObj(i -> i % 3 == 0 ? all[i] : table(all[i].name(), List.of(), "id", "more"))
            .toArray(SchemaTable[]::new);
    sync(catalogue, database, LATER, next);

    for (int limit : new int[] {1, 7, 59, 60, 1000}) {
      assertThat(pages(NOON, limit)).containsExactlyInAnyOrder(all).doesNotHaveDuplicates();
      assertThat(pages(null, limit)).containsExactlyInAnyOrder(next);
    }
    assertThat(pages(NOON, 7)).isEqualTo(pages(NOON, 1000));
    assertThat(pages(NOON, 1000)).extracting(table -> table.name().schema()).isSorted();
  }

  @Test
  void aTableIsFoundInAnySchemaOrInOne() {
    SchemaTable here = table(new TableName("a", "orders"), List.of(), "id");
    SchemaTable there = table(new TableName("b", "orders"), List.of(), "id");
    sync(catalogue, database, NOON, here, there, table("more orders", "id"), PEOPLE);

    assertThat(found(null, "orders")).containsExactly(here, there);
    assertThat(found("b", "orders")).containsExactly(there);
    assertThat(found("b", null)).containsExactly(there);
    assertThat(found("c", null)).isEmpty();
    assertThat(found("", "orders")).isEmpty();
  }

  @Test
  void whatIsNoCursorIsRefused() {
    for (String cursor : List.of("", "%", "AAAA", "'\"", "\u0000")) {
      TableQuery query = TableQuery.all(10).after(cursor);
      assertThatThrownBy(() -> catalogue.tables(scope, database.id(), query))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> TableQuery.all(1001)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TableQuery.all(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private List<SchemaTable> found(String schema, String table) {
    return catalogue
        .tables(scope, database.id(), new TableQuery(schema, table, null, 10, null))
        .tables()
        .stream()
        .map(CataloguedTable::table)
        .toList();
  }

  private List<SchemaTable> pages(Instant asOf, int limit) {
    List<SchemaTable> all = new ArrayList<>();
    TableQuery query = new TableQuery(null, null, asOf, limit, null);
    TablePage page = catalogue.tables(scope, database.id(), query);
    page.tables().forEach(table -> all.add(table.table()));
    while (page.nextCursor() != null) {
      assertThat(page.tables()).hasSize(limit);
      page = catalogue.tables(scope, database.id(), query.after(page.nextCursor()));
      page.tables().forEach(table -> all.add(table.table()));
    }
    return all;
  }
}
