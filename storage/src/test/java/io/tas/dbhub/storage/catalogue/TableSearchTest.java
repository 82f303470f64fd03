package io.tas.dbhub.storage.catalogue;

import static io.tas.dbhub.storage.catalogue.Tables.NOON;
import static io.tas.dbhub.storage.catalogue.Tables.column;
import static io.tas.dbhub.storage.catalogue.Tables.sync;
import static io.tas.dbhub.storage.catalogue.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.storage.inventory.EmbeddedNeo4j;
import io.tas.dbhub.storage.inventory.Onlooker;
import io.tas.dbhub.storage.inventory.Samples;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class TableSearchTest {
  private static final Onlooker OPERATOR = Onlooker.ofEverything();

  private final Scope scope = Samples.newScope();
  private SchemaCatalogue catalogue;
  private DatabaseRef database;

  @BeforeEach
  void makeDatabase(Driver driver) {
    catalogue = Tables.catalogue(driver);
    database = Tables.database(driver, scope);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer_id", "CustomerID", "customerId", "customer id", "customerid", "ID customer",
        "cust", "c", "cu", "customeri", "CUSTOMER-ID!", "id"
      })
  void aColumnIsFoundHoweverItsNameIsWritten(String text) {
    sync(
        catalogue,
        database,
        NOON,
        table("a", "customer_id"),
        table("b", "CustomerID"),
        table("d", "customerId"),
        table("e", "else"));

    assertThat(found(text)).containsExactly("a", "b", "d");
  }

  @Test
  void theBestComesFirst() {
    SchemaTable comment =
        new SchemaTable(
            Tables.name("a"),
            TableKind.TABLE,
            "of an order",
            null,
            List.of(column("x", 1, null)),
            List.of(),
            List.of(),
            List.of());
    sync(
        catalogue,
        database,
        NOON,
        comment,
        table("b", "ordering"),
        table("orderly", "x"),
        table("c", "order_id"),
        table("d", "order"),
        table("old_order", "x"),
        table("order", "x"));

    assertThat(found("order")).containsExactly("order", "old_order", "d", "c", "orderly", "b", "a");
  }

  @Test
  void everyWordMustMatchSomewhere() {
    sync(
        catalogue,
        database,
        NOON,
        table("customers", "name", "street"),
        table("suppliers", "name", "city"),
        table("customer_street", "id"));

    assertThat(found("customer street")).containsExactly("customer_street", "customers");
    assertThat(found("cust na")).containsExactly("customers");
    assertThat(found("name id")).isEmpty();
  }

  @Test
  void aHitTellsWhereItIsAndWhichColumnsMatch() {
    SchemaColumn commented = column("z", 3, "the customer's");
    SchemaTable orders =
        new SchemaTable(
            Tables.name("orders"),
            TableKind.VIEW,
            "all of them",
            5L,
            List.of(column("id", 1, null), column("customer_id", 2, null), commented),
            List.of(),
            List.of(),
            List.of());
    sync(catalogue, database, NOON, orders);

    SearchPage.TableHit hit = search(OPERATOR, "customer").tables().get(0);

    assertThat(hit.database().id()).isEqualTo(database.id());
    assertThat(hit.database().name()).startsWith("db-");
    assertThat(hit.table()).isEqualTo(orders.name());
    assertThat(hit.kind()).isEqualTo(TableKind.VIEW);
    assertThat(hit.comment()).isEqualTo("all of them");
    assertThat(hit.columns()).containsExactly(column("customer_id", 2, null), commented);
  }

  @Test
  void whatChangedIsFoundAsItIsNow() {
    sync(catalogue, database, NOON, table("orders", "total"), table("people", "name"));
    sync(catalogue, database, NOON.plusSeconds(60), table("orders", "amount"));

    assertThat(found("total")).isEmpty();
    assertThat(found("people")).isEmpty();
    assertThat(found("amount")).containsExactly("orders");
  }

  @Test
  void databasesAreFoundByTheirNames(Driver driver) {
    String name =
        Samples.inventory(driver, Clock.systemUTC())
            .find(scope, database.id())
            .orElseThrow()
            .definition()
            .name();

    assertThat(search(OPERATOR, name).databases())
        .containsExactly(new SearchPage.DatabaseHit(database.id(), name));
    assertThat(search(OPERATOR, "nothing of it").databases()).isEmpty();
    assertThat(catalogue.search(Samples.newScope(), OPERATOR, name, 10))
        .isEqualTo(SearchPage.EMPTY);
  }

  @Test
  void anotherTenantOrSpaceFindsNothing() {
    sync(catalogue, database, NOON, table("orders", "total"));

    for (Scope other : List.of(Samples.newScope(), new Scope(scope.tenantId(), "other"))) {
      assertThat(catalogue.search(other, OPERATOR, "orders", 10)).isEqualTo(SearchPage.EMPTY);
    }
  }

  @Test
  void aDatabaseThatSomebodyDoesNotSeeIsNotSearchedForThem(Driver driver) {
    DatabaseRef restricted = Tables.database(driver, scope);
    sync(catalogue, database, NOON, table("orders", "total"));
    sync(catalogue, restricted, NOON, table("orders", "secret"));
    Samples.inventory(driver, Clock.systemUTC())
        .replaceGrants(
            scope, restricted.id(), List.of(new Grant("user:eve", AccessLevel.QUERY)), 0);
    Onlooker bob = new Onlooker("bob", Set.of("user:bob", "role:viewer"), null);
    Onlooker eve = new Onlooker("eve", Set.of("user:eve"), null);
    Onlooker owner = new Onlooker("owner", Set.of(), null);

    assertThat(search(bob, "orders").tables())
        .extracting(hit -> hit.database().id())
        .containsExactly(database.id());
    assertThat(search(bob, "secret")).isEqualTo(SearchPage.EMPTY);
    assertThat(search(bob, "db").databases()).hasSize(1);
    for (Onlooker seeing : List.of(eve, owner, OPERATOR)) {
      assertThat(search(seeing, "orders").tables()).hasSize(2);
    }
    assertThat(search(new Onlooker(null, Set.of(), List.of(database.id())), "orders").tables())
        .hasSize(1);
    assertThat(search(new Onlooker(null, Set.of(), List.of()), "orders"))
        .isEqualTo(SearchPage.EMPTY);
  }

  @Test
  void thousandsOfDatabasesMayBeNamedThatAreSeen() {
    sync(catalogue, database, NOON, table("orders", "total"));
    List<String> others =
        IntStream.range(0, 3_000).mapToObj(i -> UUID.randomUUID().toString()).toList();
    List<String> only = new ArrayList<>(others);
    only.add(database.id());

    assertThat(search(new Onlooker(null, Set.of(), only), "orders").tables()).hasSize(1);
    assertThat(search(new Onlooker(null, Set.of(), others), "orders").tables()).isEmpty();
    SearchText orders = SearchText.of("orders");
    assertThat(orders.query(scope, others, List.of())).hasSizeLessThan(100_000);
  }

  @Test
  void aDatabaseThatIsBeingDeletedIsNotFound(Driver driver) {
    sync(catalogue, database, NOON, table("orders", "total"));
    driver
        .executableQuery("MATCH (d:Database {id: $id}) DETACH DELETE d")
        .withParameters(Map.of("id", database.id()))
        .execute();

    assertThat(search(OPERATOR, "orders")).isEqualTo(SearchPage.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "*:*",
        "?",
        "~",
        "/.*/",
        "[* TO *]",
        "{a TO z}",
        "\\",
        "\"",
        "(",
        "+-!^:",
        "search_place:*",
        "AND",
        "OR NOT",
        "NOT orders",
        "orders OR *",
        "orders) OR (search_place:s*",
        "orders^9 ~2",
        "\u0000",
        "\uD800",
        "\uDBFF\uDFFF",
        "/(a+)+$/",
        "orders/**/"
      })
  void nothingInTheTextIsSyntax(String text) {
    sync(catalogue, database, NOON, table("orders", "total"));

    List<String> found = found(text);

    assertThat(found).isSubsetOf("orders");
    assertThat(SearchText.of(text).words()).allMatch(word -> word.matches("[\\p{L}\\p{Nd}]+"));
  }

  @Test
  void aTextOfAnyLengthIsBounded() {
    sync(catalogue, database, NOON, table("orders", "total"));
    String many =
        IntStream.range(0, 100_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

    assertThat(found(many)).isEmpty();
    assertThat(found("orders ".repeat(100_000))).containsExactly("orders");
    assertThat(found("x".repeat(1_000_000))).isEmpty();
  }

  @Test
  void longNamesAndCommentsAreFound() {
    String name = "long".repeat(50_000);
    SchemaTable table =
        new SchemaTable(
            Tables.name("t"),
            TableKind.TABLE,
            "word ".repeat(100_000) + "\uD83D\uDE00".repeat(100_000),
            null,
            List.of(column(name, 1, "\uD801\uDC00".repeat(1_001))),
            List.of(),
            List.of(),
            List.of());
    sync(catalogue, database, NOON, table);

    assertThat(found("longlong")).containsExactly("t");
    assertThat(found(name)).containsExactly("t");
    assertThat(found("word")).containsExactly("t");
  }

  @Test
  void noMoreThanTheLimitAreAnswered() {
    sync(
        catalogue,
        database,
        NOON,
        Stream.concat(
                IntStream.range(0, 50).mapToObj(i -> table("t" + i, "order_id")),
                Stream.of(table("order", "x")))
            .toArray(SchemaTable[]::new));

    SearchPage page = catalogue.search(scope, OPERATOR, "order", 10);

    assertThat(page.tables()).hasSize(10);
    assertThat(page.tables().get(0).table().table()).isEqualTo("order");
    for (int limit : new int[] {0, 101}) {
      assertThatThrownBy(() -> catalogue.search(scope, OPERATOR, "order", limit))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private List<String> found(String text) {
    return search(OPERATOR, text).tables().stream().map(hit -> hit.table().table()).toList();
  }

  private SearchPage search(Onlooker onlooker, String text) {
    return catalogue.search(scope, onlooker, text, 100);
  }
}
