package io.tas.dbhub.storage.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.rotate.ServedDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class ServingTest {
  private static final String ZERO = "hub";
  private static final String ONE = "hub-1";
  private static final Map<String, String> TWO = Map.of(ZERO, "http://zero", ONE, "http://one");

  private final Scope scope = Samples.newScope();
  private final ResourceRef instance = new ResourceRef("dbhub", "a-" + UUID.randomUUID());
  private DatabaseInventory inventory;

  @BeforeEach
  void openInventory(Driver driver) {
    this.inventory = Samples.inventory(driver, Clock.systemUTC());
  }

  @Test
  void aDatabaseIsFoundAlsoWhereNobodyServesIt() {
    Database database = create("lonely");

    QueryTarget target = inventory.queryTarget(scope, database.id()).orElseThrow();
    assertThat(target.database().id()).isEqualTo(database.id());
    assertThat(target.endpoint()).isEmpty();
    assertThat(inventory.queryTarget(Samples.newScope(), database.id())).isEmpty();
  }

  @Test
  void aServedDatabaseHasAnEndpointForItsOwnersOnly() {
    Database database = create("sales");

    report(instance, "http://one", source(database, "sales_1"));

    assertThat(endpoint(scope, database.id()))
        .contains(new ServingEndpoint(instance, "http://one", "sales_1"));
    assertThat(inventory.servingInstances(database.definition().ref())).containsExactly(instance);
    assertThat(endpoint(Samples.newScope(), database.id())).isEmpty();
  }

  @Test
  void aReportReplacesTheOneBefore() {
    Database left = create("left");
    Database stays = create("stays");
    Database comes = create("comes");
    report(instance, "http://one", source(left, "a"), source(stays, "b"));

    report(instance, "http://two", source(stays, "c"), source(comes, "d"));

    assertThat(endpoint(scope, left.id())).isEmpty();
    assertThat(endpoint(scope, stays.id()))
        .contains(new ServingEndpoint(instance, "http://two", "c"));
    assertThat(endpoint(scope, comes.id())).isPresent();

    report(instance, "http://two");
    assertThat(inventory.servingInstances(stays.definition().ref())).isEmpty();
  }

  @Test
  void whatTheInventoryDoesNotKnowIsLeftOut() {
    Database database = create("sales");

    report(
        instance,
        "http://one",
        new Source(new ResourceRef("dbhub", "by-hand"), null, "by_hand"),
        new Source(new ResourceRef("dbhub", "gone"), UUID.randomUUID().toString(), "gone"),
        source(database, "sales"));

    assertThat(endpoint(scope, database.id())).isPresent();
  }

  @Test
  void aResourceThatOnlyClaimsADatabasesIdServesNothing() {
    Database database = create("sales");

    report(
        instance,
        "http://elsewhere",
        new Source(new ResourceRef("elsewhere", "fake"), database.id(), "fake"));

    assertThat(endpoint(scope, database.id())).isEmpty();
  }

  @Test
  void whatServesADatabaseIsKnownWithTheStateOfItsCredentials() {
    Database database = create("sales");
    ResourceRef other = new ResourceRef("dbhub", "b-" + UUID.randomUUID());
    report(instance, "http://one", switched(database, "revision-1"));
    report(other, "http://two", source(database, "s"));

    assertThat(inventory.servedBy(database.definition().ref()).instances())
        .containsExactly(
            new ServedDatabase.By(instance, "revision-1"), new ServedDatabase.By(other, null));
    assertThat(inventory.servedBy(new DatabaseRef(database.id(), Samples.newScope())).instances())
        .isEmpty();

    report(instance, "http://one", switched(database, "revision-2"));
    report(other, "http://two", switched(database, "revision-2"));
    report(other, "http://two", source(database, "s"));

    assertThat(inventory.servedBy(database.definition().ref()).instances())
        .containsExactly(
            new ServedDatabase.By(instance, "revision-2"), new ServedDatabase.By(other, null));
  }

  private static Source switched(Database database, String revision) {
    return new Source(database.resource(), database.id(), "s", revision);
  }

  @Test
  void whereNobodyMayRunSqlNobodyIsSentButItIsWaitedFor() {
    Database database = create("sales");
    report(instance, "http://one", source(database, "s").withoutSql());

    assertThat(endpoint(scope, database.id())).isEmpty();
    assertThat(inventory.servedBy(database.definition().ref()).instances()).hasSize(1);

    report(instance, "http://one", source(database, "s"));
    assertThat(endpoint(scope, database.id())).isPresent();
  }

  @Test
  void aForgottenInstanceServesNothingAndTheOthersStay() {
    Database database = create("sales");
    ResourceRef other = new ResourceRef("dbhub", "b-" + UUID.randomUUID());
    report(instance, "http://one", source(database, "s"));
    report(other, "http://two", source(database, "s"));
    assertThat(inventory.servingEndpoints(scope, database.id()))
        .containsExactly(
            new ServingEndpoint(instance, "http://one", "s"),
            new ServingEndpoint(other, "http://two", "s"));
    assertThat(inventory.servingEndpoints(Samples.newScope(), database.id())).isEmpty();
    assertThat(inventory.servingInstances(database.definition().ref()))
        .containsExactly(instance, other);

    inventory.forgetInstance(instance);
    inventory.forgetInstance(instance);

    assertThat(inventory.servingInstances(database.definition().ref())).containsExactly(other);
  }

  @Test
  void aDeletedDatabaseIsServedByNobody() {
    Database database = create("sales");
    report(instance, "http://one", source(database, "s"));

    inventory.delete(database.definition().ref());

    assertThat(inventory.servingInstances(database.definition().ref())).isEmpty();
    assertThat(inventory.find(scope, database.id())).isEmpty();
  }

  @Test
  void aDatabaseIsFoundAtTheServerThatServesIt() {
    Database first = create("first");
    Database second = create("second");

    report(TWO, List.of(), source(first, "f").on(ZERO), source(second, "s").on(ONE));

    assertThat(endpoint(scope, first.id()))
        .contains(new ServingEndpoint(instance, "http://zero", "f"));
    assertThat(endpoint(scope, second.id()))
        .contains(new ServingEndpoint(instance, "http://one", "s"));
  }

  @Test
  void aServerOfWhichNothingIsToldKeepsWhatWasRecorded() {
    Database stays = create("stays");
    Database comes = create("comes");
    report(TWO, List.of(), source(stays, "s").on(ONE));

    report(Map.of(ZERO, "http://zero"), List.of(ONE), source(comes, "c").on(ZERO));

    assertThat(endpoint(scope, stays.id()))
        .contains(new ServingEndpoint(instance, "http://one", "s"));
    assertThat(endpoint(scope, comes.id()))
        .contains(new ServingEndpoint(instance, "http://zero", "c"));
  }

  @Test
  void whatIsRenderedForAServerThatIsStillRollingIsNotRecorded() {
    Database waits = create("waits");

    report(Map.of(ZERO, "http://zero"), List.of(ONE), source(waits, "w").on(ONE));

    assertThat(endpoint(scope, waits.id())).isEmpty();
  }

  @Test
  void aServerThatIsGoneServesNothing() {
    Database database = create("sales");
    report(TWO, List.of(), source(database, "s").on(ONE));

    report(Map.of(ZERO, "http://zero"), List.of());

    assertThat(inventory.servingInstances(database.definition().ref())).isEmpty();
  }

  @Test
  void aDatabaseThatMovesIsServedByBothServersUntilTheOldOneLetItGo() {
    Database database = create("sales");
    DatabaseRef ref = database.definition().ref();
    report(TWO, List.of(), switched(database, "old").on(ZERO));

    report(Map.of(ONE, "http://one"), List.of(ZERO), switched(database, "new").on(ONE));

    assertThat(endpoint(scope, database.id()))
        .contains(new ServingEndpoint(instance, "http://one", "s"));
    assertThat(inventory.servingInstances(ref)).containsExactly(instance);
    assertThat(inventory.servedBy(ref).instances())
        .containsExactlyInAnyOrder(
            new ServedDatabase.By(instance, "old"), new ServedDatabase.By(instance, "new"));

    report(TWO, List.of(), switched(database, "new").on(ONE));

    assertThat(inventory.servedBy(ref).instances())
        .containsExactly(new ServedDatabase.By(instance, "new"));
  }

  private Database create(String name) {
    return Samples.create(inventory, Samples.definition(scope, name));
  }

  private void report(ResourceRef from, String endpoint, Source... sources) {
    inventory.recordServing(new ServingReport(from, endpoint, List.of(sources)));
  }

  private void report(Map<String, String> servers, List<String> kept, Source... sources) {
    inventory.recordServing(
        new ServingReport(instance, "http://zero", List.of(sources), servers, kept));
  }

  private static Source source(Database database, String sourceId) {
    return new Source(database.resource(), database.id(), sourceId);
  }

  private Optional<ServingEndpoint> endpoint(Scope of, String id) {
    return inventory.queryTarget(of, id).flatMap(QueryTarget::endpoint);
  }
}
