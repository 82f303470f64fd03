package io.tas.dbhub.storage.catalogue;

import static io.tas.dbhub.storage.catalogue.Tables.NOON;
import static io.tas.dbhub.storage.catalogue.Tables.name;
import static io.tas.dbhub.storage.catalogue.Tables.reference;
import static io.tas.dbhub.storage.catalogue.Tables.sync;
import static io.tas.dbhub.storage.catalogue.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.storage.inventory.EmbeddedNeo4j;
import io.tas.dbhub.storage.inventory.Samples;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class ForeignKeyTest {
  private static final SchemaTable PEOPLE = table("people", "id");
  private static final SchemaTable ORDERS =
      table(name("orders"), List.of(reference("fk_people", "people")), "id", "people_id");
  private static final SchemaTable ITEMS =
      table(name("items"), List.of(reference("fk_orders", "orders")), "id", "orders_id");

  private final Scope scope = Samples.newScope();
  private SchemaCatalogue catalogue;
  private DatabaseRef database;

  @BeforeEach
  void makeDatabase(Driver driver) {
    catalogue = Tables.catalogue(driver);
    database = Tables.database(driver, scope);
  }

  @Test
  void aReferenceIsThereWhicheverTableIsWrittenFirst() {
    for (List<SchemaTable> order :
        List.of(
            List.of(PEOPLE, ORDERS, ITEMS),
            List.of(ITEMS, ORDERS, PEOPLE),
            List.of(ORDERS, ITEMS, PEOPLE))) {
      sync(catalogue, database, NOON);
      Pen pen = catalogue.take(database, "one by one");
      SchemaVersionRef version = catalogue.open(pen, "run", NOON);
      order.forEach(table -> catalogue.write(pen, version, List.of(table)));
      Tables.finish(catalogue, pen, version, NOON, PEOPLE, ORDERS, ITEMS);

      assertThat(told(PEOPLE, 5))
          .containsExactly("1 orders.fk_people from people", "2 items.fk_orders from orders");
    }
  }

  @Test
  void whatIsRelatedIsFoundInBothDirectionsUpToTheDepth() {
    sync(catalogue, database, NOON, PEOPLE, ORDERS, ITEMS);

    assertThat(catalogue.related(scope, database.id(), ORDERS.name(), 1))
        .containsExactly(
            new RelatedTable(
                ITEMS.name(), 1, ORDERS.name(), false, reference("fk_orders", "orders")),
            new RelatedTable(
                PEOPLE.name(), 1, ORDERS.name(), true, reference("fk_people", "people")));
    assertThat(told(ITEMS, 1)).containsExactly("1 orders.fk_orders from items");
    assertThat(told(ITEMS, 2)).hasSize(2);
    assertThat(told(table("nowhere", "id"), 5)).isEmpty();
    assertThatThrownBy(() -> told(ITEMS, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> told(ITEMS, 6)).isInstanceOf(IllegalArgumentException.class);
    assertThat(catalogue.related(Samples.newScope(), database.id(), ORDERS.name(), 5)).isEmpty();
  }

  @Test
  void aTableThatGoesAndComesBackIsReferencedAgain() {
    sync(catalogue, database, NOON, PEOPLE, ORDERS);
    sync(catalogue, database, NOON.plusSeconds(60), ORDERS);
    assertThat(told(ORDERS, 5)).isEmpty();

    sync(catalogue, database, NOON.plusSeconds(120), PEOPLE, ORDERS);

    assertThat(told(ORDERS, 5)).containsExactly("1 people.fk_people from orders");
  }

  @Test
  void anAlteredTableHasTheReferencesThatItHasNow() {
    sync(catalogue, database, NOON, PEOPLE, ORDERS, ITEMS);
    SchemaTable altered =
        table(name("orders"), List.of(reference("self", "orders")), "id", "orders_id");

    sync(catalogue, database, NOON.plusSeconds(60), PEOPLE, altered, ITEMS);

    assertThat(told(ITEMS, 5)).containsExactly("1 orders.fk_orders from items");
    assertThat(told(PEOPLE, 5)).isEmpty();
  }

  @Test
  void referencesStayWithinTheirDatabase(Driver driver) {
    DatabaseRef other = Tables.database(driver, scope);
    sync(catalogue, other, NOON, PEOPLE);
    sync(catalogue, database, NOON, ORDERS);

    assertThat(told(ORDERS, 5)).isEmpty();
    assertThat(catalogue.related(scope, other.id(), PEOPLE.name(), 5)).isEmpty();
  }

  @Test
  void aTableThatAllReferenceShowsABoundedNumber() {
    SchemaTable[] all =
        Stream.concat(
                Stream.of(PEOPLE),
                IntStream.range(0, 520)
                    .mapToObj(
                        i ->
                            table(
                                name("t" + i),
                                List.of(reference("a", "people"), reference("b", "people")),
                                "people_id")))
            .toArray(SchemaTable[]::new);
    sync(catalogue, database, NOON, all);

    assertThat(catalogue.related(scope, database.id(), PEOPLE.name(), 5))
        .hasSize(500)
        .doesNotHaveDuplicates()
        .allMatch(related -> related.key().name().equals("a"));
  }

  private List<String> told(SchemaTable from, int depth) {
    return catalogue.related(scope, database.id(), from.name(), depth).stream()
        .map(
            related ->
                "%d %s.%s from %s"
                    .formatted(
                        related.distance(),
                        related.table().table(),
                        related.key().name(),
                        related.via().table()))
        .toList();
  }
}
