package io.tas.dbhub.storage.catalogue;

import static io.tas.dbhub.storage.catalogue.Tables.NOON;
import static io.tas.dbhub.storage.catalogue.Tables.reference;
import static io.tas.dbhub.storage.catalogue.Tables.shown;
import static io.tas.dbhub.storage.catalogue.Tables.sync;
import static io.tas.dbhub.storage.catalogue.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.EmbeddedNeo4j;
import io.tas.dbhub.storage.inventory.NotInInventoryException;
import io.tas.dbhub.storage.inventory.Samples;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class CatalogueRemovalTest {
  private static final SchemaTable[] TABLES = {
    Tables.table(Tables.name("orders"), List.of(reference("fk", "people")), "id", "people_id"),
    table("people", "id", "name")
  };

  private final Scope scope = Samples.newScope();
  private DatabaseInventory inventory;
  private SchemaCatalogue catalogue;
  private DatabaseRef database;

  @BeforeEach
  void makeDatabase(Driver driver) {
    inventory = Samples.inventory(driver, Clock.systemUTC());
    catalogue = Tables.catalogue(driver);
    database = Tables.database(driver, scope);
  }

  @Test
  void deletingADatabaseTakesItsCatalogueWithIt(Driver driver) {
    history(database);
    DatabaseRef other = Tables.database(driver, scope);
    history(other);

    inventory.delete(database);

    assertThat(left(driver, database)).isZero();
    assertThat(catalogue.state(scope, database.id())).isEmpty();
    assertThat(shown(catalogue, other, null)).containsExactly(TABLES);
  }

  @Test
  void releasingADatabaseTakesItsCatalogueWithIt(Driver driver) {
    DatabaseDefinition definition = Samples.definition(scope, "adopted");
    ResourceRef resource = Samples.resource(definition);
    Database adopted = inventory.adopt(definition, Samples.secret(definition), resource);
    DatabaseRef ref = adopted.definition().ref();
    history(ref);

    inventory.release(ref, new ResourceRef("other", "resource"));
    assertThat(shown(catalogue, ref, null)).containsExactly(TABLES);
    inventory.release(ref, resource);

    assertThat(left(driver, ref)).isZero();
  }

  @Test
  void whatAnInterruptedDeletionLeftIsDeletedByTheNext(Driver driver) {
    history(database);
    driver
        .executableQuery(
            "MATCH (n) WHERE (n:SchemaCatalog AND n.database_id = $id) OR (n:Database AND n.id = $id)"
                + " DETACH DELETE n")
        .withParameters(Map.of("id", database.id()))
        .execute();
    assertThat(left(driver, database)).isPositive();

    inventory.delete(new DatabaseRef(database.id(), Samples.newScope()));
    assertThat(left(driver, database)).isPositive();
    inventory.delete(database);

    assertThat(left(driver, database)).isZero();
  }

  @Test
  void anotherScopeDeletesNothing() {
    history(database);

    inventory.delete(new DatabaseRef(database.id(), Samples.newScope()));
    catalogue.delete(new DatabaseRef(database.id(), new Scope(scope.tenantId(), "other")));
    catalogue.delete(database);

    assertThat(shown(catalogue, database, null)).containsExactly(TABLES);
  }

  @Test
  void aPenOfADeletedDatabaseWritesNothing(Driver driver) {
    Pen pen = catalogue.take(database, "one");
    SchemaVersionRef version = catalogue.open(pen, "run", NOON);
    inventory.delete(database);

    assertThatThrownBy(() -> catalogue.write(pen, version, List.of(TABLES)))
        .isInstanceOf(PenLostException.class);
    assertThatThrownBy(() -> catalogue.take(database, "two"))
        .isInstanceOf(NotInInventoryException.class);
    assertThat(left(driver, database)).isZero();
  }

  @Test
  void aSyncThatWritesWhileItsDatabaseIsDeletedLeavesNothing(Driver driver) throws Exception {
    for (int round = 0; round < 5; round++) {
      DatabaseRef deleted = Tables.database(driver, scope);
      CountDownLatch writing = new CountDownLatch(2);
      CompletableFuture<Void> sync =
          CompletableFuture.runAsync(
              () -> {
                try {
                  Pen pen = catalogue.take(deleted, "one");
                  SchemaVersionRef version = catalogue.open(pen, "run", NOON);
                  for (int i = 0; i < 1_000; i += 5) {
                    int from = i;
                    catalogue.write(
                        pen,
                        version,
                        IntStream.range(from, from + 5)
                            .mapToObj(n -> table("t" + n, "id", "name"))
                            .toList());
                    writing.countDown();
                  }
                } catch (PenLostException | NotInInventoryException e) {
                  writing.countDown();
                }
              });
      writing.await();

      inventory.delete(deleted);

      sync.get();
      assertThat(left(driver, deleted)).isZero();
    }
  }

  @Test
  void aNewDatabaseOfTheSameIdHasNothingOfTheOld(Driver driver) {
    DatabaseDefinition definition = Samples.definition(scope, "again");
    DatabaseRef ref = Samples.create(inventory, definition).definition().ref();
    history(ref);
    driver
        .executableQuery(
            "MATCH (n) WHERE (n:SchemaCatalog AND n.database_id = $id) OR (n:Database AND n.id = $id)"
                + " DETACH DELETE n")
        .withParameters(Map.of("id", ref.id()))
        .execute();

    Samples.create(inventory, definition);
    catalogue.failed(ref, "TargetFailed", "away", NOON);
    Pen pen = catalogue.take(ref, "new");

    assertThat(catalogue.stored(pen).tables()).isEmpty();
    assertThat(left(driver, ref)).isOne();
  }

  /** Of everything that a catalogue has. */
  private void history(DatabaseRef of) {
    sync(catalogue, of, NOON, TABLES[0], table("gone", "id"));
    sync(catalogue, of, NOON.plusSeconds(60), TABLES);
  }

  private long left(Driver driver, DatabaseRef of) {
    return driver
        .executableQuery("MATCH (n {database_id: $id}) RETURN count(*) AS count")
        .withParameters(Map.of("id", of.id()))
        .execute()
        .records()
        .get(0)
        .get("count")
        .asLong();
  }
}
