package io.tas.dbhub.storage.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

/** Who may do what is kept with the database, and lists leave out what somebody does not see. */
@ExtendWith(EmbeddedNeo4j.class)
class GrantsTest {
  private static final List<Grant> ALICE = List.of(new Grant("user:alice", AccessLevel.QUERY));

  private final Scope scope = Samples.newScope();
  private final DatabaseInventory inventory;
  private final Driver driver;

  GrantsTest(Driver driver) {
    this.driver = driver;
    this.inventory = Samples.inventory(driver, Clock.systemUTC());
  }

  @Test
  void aNewDatabaseHasTheDefaultOnes() {
    Database made = create("Orders", Map.of());

    assertThat(made.grants()).isEqualTo(Grants.byDefault());
    assertThat(found(made).grants()).isEqualTo(Grants.byDefault());
  }

  @Test
  void theWholeListIsReplacedAndCounted() {
    Database made = create("Orders", Map.of());

    Grants first = inventory.replaceGrants(scope, made.id(), ALICE, 0);
    Grants second = inventory.replaceGrants(scope, made.id(), List.of(), 1);
    Grants back = inventory.replaceGrants(scope, made.id(), Grants.byDefault().grants(), 2);

    assertThat(first).isEqualTo(new Grants(ALICE, 1));
    assertThat(second).isEqualTo(new Grants(List.of(), 2));
    assertThat(found(made).grants()).isEqualTo(back).matches(Grants::asByDefault);
    assertThat(found(made).revision()).isEqualTo(made.revision());
  }

  @Test
  void whatIsThereAlreadyIsNoChange() {
    Database made = create("Orders", Map.of());

    inventory.replaceGrants(scope, made.id(), ALICE, 0);

    assertThat(inventory.replaceGrants(scope, made.id(), ALICE, 0)).isEqualTo(new Grants(ALICE, 1));
    assertThat(inventory.replaceGrants(scope, made.id(), ALICE, 1)).isEqualTo(new Grants(ALICE, 1));
  }

  @Test
  void whoWasFasterIsNotOverruled() {
    Database made = create("Orders", Map.of());
    inventory.replaceGrants(scope, made.id(), ALICE, 0);

    assertThatThrownBy(() -> inventory.replaceGrants(scope, made.id(), List.of(), 0))
        .isInstanceOf(RevisionChangedException.class);
    assertThatThrownBy(() -> inventory.replaceGrants(Samples.newScope(), made.id(), ALICE, 1))
        .isInstanceOf(NotInInventoryException.class);
    assertThat(found(made).grants().grants()).isEqualTo(ALICE);
  }

  @Test
  void aHundredLongPrincipalsAreKept() {
    Database made = create("Orders", Map.of());
    List<Grant> many =
        IntStream.range(0, Grants.MOST)
            .mapToObj(i -> new Grant("user:" + "ü".repeat(250) + i, AccessLevel.VIEW))
            .toList();

    inventory.replaceGrants(scope, made.id(), many, 0);

    assertThat(found(made).grants().grants()).isEqualTo(many);
    assertThat(names(seer("ü".repeat(250) + 7))).containsExactly("Orders");
    assertThat(names(seer("ü".repeat(250)))).isEmpty();
  }

  @Test
  void aChangeOfTheDefinitionAndItsUndoingKeepThem() {
    Database made = create("Orders", Map.of());
    inventory.replaceGrants(scope, made.id(), ALICE, 0);

    DatabaseDefinition renamed = Changes.named(made.definition(), "Sales");
    assertThat(inventory.update(renamed, made.revision()).grants().grants()).isEqualTo(ALICE);
    assertThat(found(made).grants().grants()).isEqualTo(ALICE);
    // What a workflow remembers of before may be older than the grants.
    inventory.restore(made);

    assertThat(found(made).definition().name()).isEqualTo("Orders");
    assertThat(found(made).grants().grants()).isEqualTo(ALICE);
    assertThat(names(seer("bob"))).isEmpty();
  }

  @Test
  void whatFollowsAManifestKeepsThem() {
    DatabaseDefinition orders = definition("Orders", Map.of());
    Database adopted = inventory.adopt(orders, Samples.secret(orders), Samples.resource(orders));
    inventory.replaceGrants(scope, orders.id(), ALICE, 0);

    inventory.adopt(
        Changes.named(orders, "Sales"), Samples.secret(orders), Samples.resource(orders));

    assertThat(adopted.grants()).isEqualTo(Grants.byDefault());
    assertThat(found(adopted).definition().name()).isEqualTo("Sales");
    assertThat(found(adopted).grants().grants()).isEqualTo(ALICE);
  }

  @Test
  void aLostNodeComesBackForItsOwnerAlone() {
    DatabaseDefinition orders = definition("Orders", Map.of());
    DatabaseDefinition sales = definition("Sales", Map.of());

    inventory.createAgain(orders, Samples.secret(orders), Samples.resource(orders));
    inventory.adoptAgain(sales, Samples.secret(sales), Samples.resource(sales));

    assertThat(names(seer("somebody", "role:viewer", "role:editor"))).isEmpty();
    assertThat(names(seer(orders.ownerId()))).containsExactly("Orders", "Sales");
    assertThat(names(Onlooker.ofEverything())).hasSize(2);
  }

  @Test
  void whatIsThereKeepsItsGrantsWhenItIsMadeAgain() {
    Database made = create("Orders", Map.of());

    Database again = inventory.createAgain(made.definition(), made.secret(), made.resource());

    assertThat(again.grants()).isEqualTo(Grants.byDefault());
  }

  @Test
  void aNodeFromBeforeThereWereGrantsIsSeenByEverybody() {
    Database made = create("Orders", Map.of());
    assertThat(
            driver
                .executableQuery("MATCH (d:Database {id: $id}) RETURN keys(d) AS keys")
                .withParameters(Map.of("id", made.id()))
                .execute()
                .records()
                .get(0)
                .get("keys")
                .asList())
        .doesNotContain("grants", "restricted", "grants_revision");
    assertThat(names(seer("bob", "role:viewer"))).containsExactly("Orders");
  }

  @Test
  void whatIsHiddenIsNeitherListedNorFoundNorCounted() {
    for (int i = 0; i < 12; i++) {
      Database made = create("Orders " + i, Map.of("env", "prod"));
      if (i % 3 == 0) {
        inventory.replaceGrants(scope, made.id(), ALICE, 0);
      }
    }
    for (ListQuery query :
        List.of(
            ListQuery.page(1, 5),
            ListQuery.page(2, 5),
            ListQuery.page(9, 5),
            filtered(null, "env", null, Sort.NAME_ASC),
            filtered("ORDERS", null, null, Sort.NAME_DESC),
            filtered("orders", "env", "prod", Sort.CREATED_AT_ASC))) {
      DatabasePage bob = inventory.list(scope, seer("bob", "role:viewer"), query);
      DatabasePage alice = inventory.list(scope, seer("alice", "role:viewer"), query);

      assertThat(bob.total()).as(query.toString()).isEqualTo(8);
      assertThat(alice.total()).as(query.toString()).isEqualTo(12);
      assertThat(bob.databases()).allMatch(database -> database.grants().asByDefault());
    }
  }

  @Test
  void everyPageIsFullAlthoughSomeAreHidden() {
    for (int i = 0; i < 9; i++) {
      Database made = create("Orders " + i, Map.of());
      if (i % 2 == 0) {
        inventory.replaceGrants(scope, made.id(), List.of(), 0);
      }
    }
    Onlooker bob = seer("bob", "role:viewer");
    ListQuery query = ListQuery.page(1, 2);

    DatabasePage first = inventory.list(scope, bob, query);
    DatabasePage second = inventory.list(scope, bob, query.after(first.nextCursor()));

    assertThat(first.databases()).hasSize(2);
    assertThat(second.databases()).hasSize(2).doesNotContainAnyElementsOf(first.databases());
    assertThat(second.nextCursor()).isNull();
    assertThat(second.total()).isEqualTo(4);
  }

  @Test
  void oneMayBeBoundToSomeOfThem() {
    Database orders = create("Orders", Map.of("env", "prod"));
    create("Sales", Map.of("env", "prod"));
    Onlooker bound = new Onlooker("bob", Set.of("role:viewer"), List.of(orders.id()));

    assertThat(names(bound)).containsExactly("Orders");
    assertThat(inventory.list(scope, bound, ListQuery.page(1, 1)).total()).isEqualTo(1);
    assertThat(inventory.list(scope, bound, filtered(null, "env", "prod", Sort.NAME_ASC)).total())
        .isEqualTo(1);
    assertThat(names(new Onlooker("bob", Set.of("role:viewer"), List.of()))).isEmpty();
  }

  @Test
  void aSubjectIsNoPrincipalOfAnotherKind() {
    Database made = create("Orders", Map.of());
    inventory.replaceGrants(
        scope, made.id(), List.of(new Grant("role:analyst", AccessLevel.QUERY)), 0);

    assertThat(names(seer("role:analyst"))).isEmpty();
    assertThat(names(seer("x role:analyst"))).isEmpty();
    assertThat(names(seer("bob", "role:analyst"))).containsExactly("Orders");
  }

  @Test
  void severalAreFoundAtOnceInTheirScopeOnly() {
    Database orders = create("Orders", Map.of());
    Database sales = create("Sales", Map.of());
    List<String> ids = List.of(orders.id(), sales.id(), "nothing");

    assertThat(inventory.find(scope, ids)).containsExactlyInAnyOrder(orders, sales);
    assertThat(inventory.find(Samples.newScope(), ids)).isEmpty();
  }

  private Database create(String name, Map<String, String> labels) {
    return Samples.create(inventory, definition(name, labels));
  }

  private DatabaseDefinition definition(String name, Map<String, String> labels) {
    return Samples.definition(scope, name, DatabaseType.MYSQL, labels);
  }

  private Database found(Database database) {
    return inventory.find(scope, database.id()).orElseThrow();
  }

  private static Onlooker seer(String subject, String... roles) {
    return new Onlooker(
        subject,
        Set.copyOf(Stream.concat(Stream.of(Grant.user(subject)), Stream.of(roles)).toList()),
        null);
  }

  private List<String> names(Onlooker onlooker) {
    return inventory
        .list(scope, onlooker, filtered(null, null, null, Sort.NAME_ASC))
        .databases()
        .stream()
        .map(database -> database.definition().name())
        .toList();
  }

  private static ListQuery filtered(String text, String key, String value, Sort sort) {
    return new ListQuery(1, 50, null, null, key, value, text, sort, null);
  }
}
