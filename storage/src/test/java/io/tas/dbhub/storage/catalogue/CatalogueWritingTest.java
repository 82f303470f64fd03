package io.tas.dbhub.storage.catalogue;

import static io.tas.dbhub.storage.catalogue.Tables.NOON;
import static io.tas.dbhub.storage.catalogue.Tables.shown;
import static io.tas.dbhub.storage.catalogue.Tables.sync;
import static io.tas.dbhub.storage.catalogue.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.SchemaPolicy;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.SchemaTotals;
import io.tas.dbhub.core.schema.TableDigest;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.inventory.EmbeddedNeo4j;
import io.tas.dbhub.storage.inventory.NotInInventoryException;
import io.tas.dbhub.storage.inventory.Samples;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class CatalogueWritingTest {
  private static final SchemaTable ORDERS = table("orders", "id", "total");
  private static final SchemaTable PEOPLE = table("people", "id", "name");

  private final Scope scope = Samples.newScope();
  private SchemaCatalogue catalogue;
  private DatabaseRef database;

  @BeforeEach
  void makeDatabase(Driver driver) {
    catalogue = Tables.catalogue(driver);
    database = Tables.database(driver, scope);
  }

  @Test
  void whatIsWrittenIsShownWhenItsVersionIsFinished() {
    Pen pen = catalogue.take(database, "one");
    SchemaVersionRef version = catalogue.open(pen, "run", NOON);
    catalogue.write(pen, version, List.of(PEOPLE, ORDERS));
    assertThat(shown(catalogue, database, null)).isEmpty();
    assertThat(state().version()).isZero();

    Tables.finish(catalogue, pen, version, NOON, ORDERS, PEOPLE);

    assertThat(shown(catalogue, database, null)).containsExactly(ORDERS, PEOPLE);
    assertThat(catalogue.schemas(scope, database.id(), null)).containsExactly("public");
    assertThat(state())
        .isEqualTo(
            new SchemaState(
                SchemaPolicy.PROPAGATE,
                1,
                "app",
                new SchemaTotals(2, 4),
                Tables.digest(ORDERS, PEOPLE),
                NOON,
                NOON,
                null,
                null,
                null,
                null));
  }

  @Test
  void aVersionThatIsBeingWrittenHidesNothingOfTheOneThatIsShown() {
    sync(catalogue, database, NOON, ORDERS, PEOPLE);
    SchemaTable altered = table("orders", "id", "total", "vat");

    Pen pen = catalogue.take(database, "two");
    SchemaVersionRef version = catalogue.open(pen, "run", NOON.plusSeconds(60));
    Tables.write(catalogue, pen, version, altered, table("new", "id"));

    assertThat(shown(catalogue, database, null)).containsExactly(ORDERS, PEOPLE);
    assertThat(shown(catalogue, database, NOON.plusSeconds(90))).containsExactly(ORDERS, PEOPLE);
    Tables.finish(catalogue, pen, version, NOON.plusSeconds(61), altered, table("new", "id"));
    assertThat(shown(catalogue, database, null)).containsExactly(table("new", "id"), altered);
  }

  @Test
  void whatIsStoredIsComparedByDigest() {
    sync(catalogue, database, NOON, ORDERS, PEOPLE);
    Pen pen = catalogue.take(database, "two");
    catalogue.estimates(pen, Map.of(ORDERS.name(), 12L));

    StoredSchema stored = catalogue.stored(pen);

    assertThat(stored.writing()).isNull();
    assertThat(stored.tables())
        .isEqualTo(
            Map.of(
                ORDERS.name(), new StoredTable(TableDigest.of(ORDERS), 12L),
                PEOPLE.name(), new StoredTable(TableDigest.of(PEOPLE), null)));
  }

  @Test
  void anUnchangedSchemaWritesNothingButItsTime(Driver driver) {
    sync(catalogue, database, NOON, ORDERS, PEOPLE);
    catalogue.failed(database, "TargetFailed", "it was away", NOON.plusSeconds(30));
    Map<String, Object> before = nodes(driver);

    Pen pen = catalogue.take(database, "two");
    catalogue.stored(pen);
    catalogue.unchanged(pen, NOON.plusSeconds(60));

    assertThat(nodes(driver)).isEqualTo(before);
    assertThat(state().syncedAt()).isEqualTo(NOON.plusSeconds(60));
    assertThat(state().failure()).isNull();
    assertThat(state().version()).isEqualTo(1);
  }

  @Test
  void writingWhatIsThereWritesNothing(Driver driver) {
    sync(catalogue, database, NOON, ORDERS);
    Pen pen = catalogue.take(database, "two");
    SchemaVersionRef version = catalogue.open(pen, "run", NOON.plusSeconds(60));
    Map<String, Object> before = nodes(driver);

    catalogue.write(pen, version, List.of(ORDERS));
    catalogue.remove(pen, version, List.of(PEOPLE.name()));

    assertThat(nodes(driver)).isEqualTo(before);
  }

  @Test
  void aPenThatAnotherTookWritesNothing(Driver driver) {
    sync(catalogue, database, NOON, ORDERS);
    Pen zombie = catalogue.take(database, "zombie");
    SchemaVersionRef version = catalogue.open(zombie, "run", NOON.plusSeconds(60));
    catalogue.take(database, "other");
    Map<String, Object> before = nodes(driver);
    SchemaState stateBefore = state();

    for (Runnable write :
        List.<Runnable>of(
            () -> catalogue.stored(zombie),
            () -> catalogue.open(zombie, "run", NOON),
            () -> catalogue.write(zombie, version, List.of(PEOPLE)),
            () -> catalogue.remove(zombie, version, List.of(ORDERS.name())),
            () -> catalogue.estimates(zombie, Map.of(ORDERS.name(), 3L)),
            () -> Tables.finish(catalogue, zombie, version, NOON, PEOPLE),
            () -> catalogue.unchanged(zombie, NOON),
            () -> catalogue.ignored(zombie, ChangeTotals.NONE, NOON),
            () -> catalogue.propose(zombie, "run", "digest", NOON),
            () -> catalogue.proposed(zombie, version, List.of(PEOPLE), List.of()),
            () -> catalogue.await(zombie, version, ChangeTotals.NONE, NOON),
            () -> catalogue.reject(zombie, version, "ada", "no", NOON))) {
      assertThatThrownBy(write::run).isInstanceOf(PenLostException.class);
    }
    assertThat(nodes(driver)).isEqualTo(before);
    assertThat(state()).isEqualTo(stateBefore);
  }

  @Test
  void anotherAttemptGoesOnWithTheVersionOfADeadOne(Driver driver) {
    sync(catalogue, database, NOON, ORDERS, PEOPLE);
    SchemaTable altered = table("orders", "id", "total", "vat");
    SchemaTable added = table("added", "id");
    Pen dead = catalogue.take(database, "dead");
    SchemaVersionRef begun = catalogue.open(dead, "run 1", NOON.plusSeconds(60));
    catalogue.write(dead, begun, List.of(altered, added));

    // In the meantime one table is altered again, and the new one is gone.
    SchemaTable again = table("orders", "id", "total", "vat", "discount");
    Pen pen = catalogue.take(database, "heir");
    assertThat(catalogue.stored(pen).writing()).isEqualTo(begun);
    SchemaVersionRef version = catalogue.open(pen, "run 2", NOON.plusSeconds(120));
    assertThat(version).isEqualTo(begun);
    Tables.write(catalogue, pen, version, again);
    Tables.write(catalogue, pen, version, again);
    Tables.finish(catalogue, pen, version, NOON.plusSeconds(120), again);
    Tables.finish(catalogue, pen, version, NOON.plusSeconds(120), again);

    assertThat(shown(catalogue, database, null)).containsExactly(again);
    assertThat(shown(catalogue, database, NOON)).containsExactly(ORDERS, PEOPLE);
    assertThat(changes(driver, version.number()))
        .isEqualTo(Map.of("orders", "altered", "people", "removed"));
    assertThat(count(driver, "PastTable")).isEqualTo(2);
  }

  @Test
  void whatADeadAttemptWroteMayBeTakenBackWithoutATrace(Driver driver) {
    sync(catalogue, database, NOON, ORDERS, PEOPLE);
    Collection<Object> before = nodes(driver).values();
    Pen dead = catalogue.take(database, "dead");
    SchemaVersionRef begun = catalogue.open(dead, "run", NOON.plusSeconds(60));
    Tables.write(catalogue, dead, begun, table("orders", "id"), table("added", "id"));

    Pen pen = catalogue.take(database, "heir");
    SchemaVersionRef version = catalogue.open(pen, "run", NOON.plusSeconds(120));
    Tables.write(catalogue, pen, version, ORDERS, PEOPLE);
    Tables.finish(catalogue, pen, version, NOON.plusSeconds(120), ORDERS, PEOPLE);

    assertThat(nodes(driver).values()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(state().version()).isEqualTo(1);
    assertThat(shown(catalogue, database, null)).containsExactly(ORDERS, PEOPLE);
    SchemaTable later = table("later", "id");
    sync(catalogue, database, NOON.plusSeconds(180), ORDERS, PEOPLE, later);
    assertThat(shown(catalogue, database, NOON.plusSeconds(150))).containsExactly(ORDERS, PEOPLE);
  }

  @Test
  void whileAVersionIsOpenNothingElseMayBeSaidOfTheSchema() {
    Pen pen = catalogue.take(database, "one");
    catalogue.open(pen, "run", NOON);

    for (Runnable step :
        List.<Runnable>of(
            () -> catalogue.unchanged(pen, NOON),
            () -> catalogue.ignored(pen, ChangeTotals.NONE, NOON),
            () -> catalogue.propose(pen, "run", "digest", NOON))) {
      assertThatThrownBy(step::run).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void hostileNamesAreNames() {
    List<SchemaTable> hostile =
        List.of(
            table("'; MATCH (n) DETACH DELETE n //", "`", "\\u0027", "$key"),
            table("a\nb\tc\u0001", "\"", "{}"),
            table("x".repeat(100_000), "y".repeat(100_000)),
            table("x".repeat(100_000) + "z", "id"),
            table("", "", " "),
            table("\uD83D\uDE00".repeat(700), "\uD83D\uDE00"),
            table("public.orders", "a.b"));
    SchemaTable other = table(new TableName("x'} RETURN 1 //", "orders"), List.of(), "id");
    SchemaTable[] all =
        Stream.concat(hostile.stream(), Stream.of(other)).toArray(SchemaTable[]::new);

    sync(catalogue, database, NOON, all);

    assertThat(shown(catalogue, database, null)).containsExactlyInAnyOrder(all);
    assertThat(catalogue.schemas(scope, database.id(), null))
        .containsExactly("public", other.name().schema());
    for (SchemaTable table : all) {
      TableQuery query =
          new TableQuery(table.name().schema(), table.name().table(), null, 10, null);
      assertThat(catalogue.tables(scope, database.id(), query).tables())
          .extracting(CataloguedTable::table)
          .containsExactly(table);
    }
  }

  @Test
  void aFailureIsToldAndWhatWasThereStays() {
    catalogue.failed(database, "ConnectionFailed", "no route", NOON.minusSeconds(60));
    assertThat(state().failure())
        .isEqualTo(new SchemaState.Failure("ConnectionFailed", "no route", NOON.minusSeconds(60)));
    assertThat(state().version()).isZero();

    sync(catalogue, database, NOON, ORDERS);
    assertThat(state().failure()).isNull();
    catalogue.failed(database, "TargetFailed", "of before", NOON.minusSeconds(1));
    assertThat(state().failure()).isNull();
    catalogue.failed(database, "TargetFailed", "of now", NOON.plusSeconds(1));

    assertThat(state().failure())
        .isEqualTo(new SchemaState.Failure("TargetFailed", "of now", NOON.plusSeconds(1)));
    assertThat(shown(catalogue, database, null)).containsExactly(ORDERS);
  }

  @Test
  void aDatabaseThatIsNotInTheInventoryHasNoCatalogue(Driver driver) {
    DatabaseRef gone = new DatabaseRef(UUID.randomUUID().toString(), scope);
    DatabaseRef foreign = new DatabaseRef(database.id(), Samples.newScope());

    for (DatabaseRef none : List.of(gone, foreign)) {
      assertThatThrownBy(() -> catalogue.take(none, "one"))
          .isInstanceOf(NotInInventoryException.class);
      catalogue.failed(none, "TargetFailed", "gone", NOON);
      assertThat(catalogue.state(none.scope(), none.id())).isEmpty();
      assertThat(catalogue.setPolicy(none.scope(), none.id(), SchemaPolicy.IGNORE)).isFalse();
    }
    assertThat(count(driver, "SchemaCatalog")).isZero();
  }

  @Test
  void aPolicyMayBeSetBeforeTheFirstSync() {
    assertThat(state().policy()).isEqualTo(SchemaPolicy.PROPAGATE);
    assertThat(catalogue.setPolicy(scope, database.id(), SchemaPolicy.APPROVE)).isTrue();

    sync(catalogue, database, NOON, ORDERS);

    assertThat(state().policy()).isEqualTo(SchemaPolicy.APPROVE);
  }

  @Test
  void versionsAreFoundStrictlyOneAfterTheOther() {
    SchemaVersionRef first = sync(catalogue, database, NOON, ORDERS);
    SchemaVersionRef second = sync(catalogue, database, NOON, PEOPLE);
    SchemaVersionRef third = sync(catalogue, database, NOON.minusSeconds(60), ORDERS);

    assertThat(List.of(first, second, third))
        .extracting(SchemaVersionRef::foundAt)
        .containsExactly(NOON, NOON.plusMillis(1), NOON.plusMillis(2));
    assertThat(List.of(first, second, third))
        .extracting(SchemaVersionRef::initial)
        .containsExactly(true, false, false);
    assertThat(shown(catalogue, database, NOON.plusMillis(1))).containsExactly(PEOPLE);
  }

  @Test
  void nothingOfADatabaseIsFoundFromAnotherScope() {
    sync(catalogue, database, NOON, ORDERS);

    for (Scope other : List.of(Samples.newScope(), new Scope(scope.tenantId(), "other-space"))) {
      assertThat(catalogue.state(other, database.id())).isEmpty();
      assertThat(catalogue.schemas(other, database.id(), null)).isEmpty();
      assertThat(catalogue.tables(other, database.id(), TableQuery.all(10)).tables()).isEmpty();
      assertThatThrownBy(
              () -> catalogue.stored(new Pen(new DatabaseRef(database.id(), other), "x")))
          .isInstanceOf(PenLostException.class);
    }
  }

  private SchemaState state() {
    return catalogue.state(scope, database.id()).orElseThrow();
  }

  private Map<String, Object> nodes(Driver driver) {
    return driver
        .executableQuery(
            """
            MATCH (n {tenant_id: $tenant_id}) WHERE NOT n:SchemaCatalog
            OPTIONAL MATCH (n)-[r]->()
            WITH n, count(r) AS relationships
            RETURN elementId(n) AS id,
                   {labels: labels(n), properties: properties(n), to: relationships} AS node""")
        .withParameters(Map.of("tenant_id", scope.tenantId()))
        .execute()
        .records()
        .stream()
        .collect(Collectors.toMap(row -> row.get("id").asString(), row -> row.get("node").asMap()));
  }

  private Map<String, String> changes(Driver driver, long version) {
    return driver
        .executableQuery(
            """
            MATCH (h:SchemaChange {database_id: $id, version: $version})
            RETURN h.name AS name, h.kind AS kind""")
        .withParameters(Map.of("id", database.id(), "version", version))
        .execute()
        .records()
        .stream()
        .collect(
            Collectors.toMap(row -> row.get("name").asString(), row -> row.get("kind").asString()));
  }

  private long count(Driver driver, String label) {
    return driver
        .executableQuery("MATCH (n:" + label + " {tenant_id: $tenant_id}) RETURN count(*) AS count")
        .withParameters(Map.of("tenant_id", scope.tenantId()))
        .execute()
        .records()
        .get(0)
        .get("count")
        .asLong();
  }
}
