package io.tas.dbhub.storage.inventory;

import static io.tas.dbhub.storage.inventory.Samples.definition;
import static io.tas.dbhub.storage.inventory.Samples.health;
import static io.tas.dbhub.storage.inventory.Samples.newScope;
import static io.tas.dbhub.storage.inventory.Samples.resource;
import static io.tas.dbhub.storage.inventory.Samples.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class DatabaseInventoryTest {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

  private final Scope scope = newScope();
  private Driver driver;
  private DatabaseInventory inventory;

  @BeforeEach
  void openInventory(Driver driver) {
    this.driver = driver;
    this.inventory = Samples.inventory(driver, Clock.systemUTC());
  }

  @Test
  void whatIsCreatedIsFoundAsItWas() {
    DatabaseDefinition definition =
        definition(scope, "Käufe 🐘", DatabaseType.MARIADB, Map.of("env", "prod", "team", ""));

    Database created = Samples.create(inventory, definition);

    assertThat(created.definition()).isEqualTo(definition);
    assertThat(created.secret()).isEqualTo(secret(definition));
    assertThat(created.resource()).isEqualTo(resource(definition));
    assertThat(created.status()).isEqualTo(DatabaseStatus.PENDING);
    assertThat(created.statusMessage()).isEmpty();
    assertThat(created.lastChecked()).isNull();
    assertThat(created.createdAt()).isEqualTo(created.updatedAt());
    assertThat(created.revision()).isEqualTo(1);
    assertThat(inventory.find(scope, definition.id())).contains(created);
    assertThat(inventory.findByName(scope, "Käufe 🐘")).contains(created);
  }

  @Test
  void creatingTwiceAnswersWhatIsThere() {
    DatabaseDefinition definition =
        definition(scope, "sales", DatabaseType.POSTGRES, Map.of("env", "prod"));
    Database first = Samples.create(inventory, definition);

    assertThat(Samples.create(inventory, definition)).isEqualTo(first);
    assertThat(count("MATCH (l:DatabaseLabel)-[:OF]->(:Database {id: $id})", definition.id()))
        .isEqualTo(1);
  }

  @Test
  void aTakenNameLeavesNothingBehind() {
    Samples.create(inventory, definition(scope, "sales"));
    DatabaseDefinition second =
        definition(scope, "sales", DatabaseType.POSTGRES, Map.of("env", "prod"));

    assertThatThrownBy(() -> Samples.create(inventory, second))
        .isInstanceOf(NameTakenException.class);

    assertThat(inventory.find(scope, second.id())).isEmpty();
    assertThat(count("MATCH (n {id: $id})", second.id())).isZero();
  }

  @Test
  void anotherSpaceMayUseTheName() {
    Samples.create(inventory, definition(scope, "sales"));

    Samples.create(inventory, definition(new Scope(scope.tenantId(), "other"), "sales"));
    Scope others = newScope();
    Database theirs = Samples.create(inventory, definition(others, "sales"));

    assertThat(inventory.findByName(others, "sales")).contains(theirs);
    assertThat(inventory.findByName(others, "Sales")).isEmpty();
    assertThat(inventory.findByName(newScope(), "sales")).isEmpty();
    assertThat(inventory.findByNames(others, List.of("sales", "Sales", "x")))
        .containsExactly(theirs);
    assertThat(inventory.findByNames(newScope(), List.of("sales"))).isEmpty();
  }

  @Test
  void ofManyCreatorsOfOneNameExactlyOneWins() throws Exception {
    int creators = 8;
    List<Callable<Boolean>> attempts = new ArrayList<>();
    for (int i = 0; i < creators; i++) {
      attempts.add(
          () -> {
            try {
              Samples.create(inventory, definition(scope, "sales"));
              return true;
            } catch (NameTakenException e) {
              return false;
            }
          });
    }

    assertThat(allAtOnce(attempts)).containsOnlyOnce(true).hasSize(creators);
    assertThat(inventory.list(scope, Onlooker.ofEverything(), ListQuery.page(1, 100)).total())
        .isEqualTo(1);
  }

  @Test
  void oneIdCreatedByManyAtOnceIsOneDatabase() throws Exception {
    DatabaseDefinition definition =
        definition(scope, "sales", DatabaseType.POSTGRES, Map.of("env", "prod"));
    Callable<Database> attempt = () -> Samples.create(inventory, definition);

    List<Database> answers = allAtOnce(List.of(attempt, attempt, attempt, attempt));

    assertThat(answers).hasSize(4).containsOnly(answers.get(0));
    assertThat(count("MATCH (l:DatabaseLabel)-[:OF]->(:Database {id: $id})", definition.id()))
        .isEqualTo(1);
  }

  @Test
  void anotherTenantsDatabaseIsNeitherFoundNorTouched() {
    Database database = Samples.create(inventory, definition(scope, "sales"));
    Scope stranger = new Scope(newScope().tenantId(), scope.spaceId());
    DatabaseRef foreign = new DatabaseRef(database.id(), stranger);

    inventory.delete(foreign);
    inventory.recordHealth(
        new HealthReport(database.resource(), foreign, DatabaseStatus.FAILED, "no", 1, NOON));

    assertThat(inventory.find(stranger, database.id())).isEmpty();
    assertThat(inventory.find(scope, database.id())).contains(database);
  }

  @Test
  void whatAnotherResourceReportsDoesNotLandHere() {
    Database database = Samples.create(inventory, definition(scope, "sales"));
    ResourceRef copy = new ResourceRef(database.resource().namespace(), "copy");

    inventory.recordHealth(
        new HealthReport(copy, database.definition().ref(), DatabaseStatus.CONNECTED, "", 1, NOON));

    assertThat(inventory.find(scope, database.id())).contains(database);
  }

  @Test
  void anIdOfAnotherScopeIsNotAnswered() {
    DatabaseDefinition mine = definition(scope, "sales");
    Samples.create(inventory, mine);
    Scope stranger = newScope();
    DatabaseDefinition theirs =
        new DatabaseDefinition(
            mine.id(),
            stranger,
            mine.ownerId(),
            mine.name(),
            mine.target(),
            mine.policy(),
            mine.labels(),
            mine.description(),
            mine.color(),
            mine.active());

    assertThatThrownBy(() -> Samples.create(inventory, theirs))
        .isInstanceOf(IdTakenException.class);
  }

  @Test
  void deletingLeavesNothingAndMayBeRepeated() {
    Database database =
        Samples.create(
            inventory, definition(scope, "sales", DatabaseType.MYSQL, Map.of("env", "prod")));

    inventory.delete(database.definition().ref());
    inventory.delete(database.definition().ref());

    assertThat(inventory.find(scope, database.id())).isEmpty();
    assertThat(count("MATCH (n {id: $id})", database.id())).isZero();
    Samples.create(inventory, definition(scope, "sales"));
  }

  @Test
  void healthChangesTheStatusButNotTheRevision() {
    Database database = Samples.create(inventory, definition(scope, "sales"));

    inventory.recordHealth(health(database, DatabaseStatus.FAILED, "no route", NOON));

    Database checked = inventory.find(scope, database.id()).orElseThrow();
    assertThat(checked.status()).isEqualTo(DatabaseStatus.FAILED);
    assertThat(checked.statusMessage()).isEqualTo("no route");
    assertThat(checked.lastChecked()).isEqualTo(NOON);
    assertThat(checked.revision()).isEqualTo(database.revision());
    assertThat(checked.updatedAt()).isEqualTo(database.updatedAt());
  }

  @Test
  void anOlderCheckDoesNotOverwriteALaterOne() {
    Database database = Samples.create(inventory, definition(scope, "sales"));
    inventory.recordHealth(health(database, DatabaseStatus.CONNECTED, "", NOON));

    inventory.recordHealth(health(database, DatabaseStatus.FAILED, "late", NOON.minusSeconds(1)));

    assertThat(inventory.find(scope, database.id()).orElseThrow().status())
        .isEqualTo(DatabaseStatus.CONNECTED);
  }

  @RepeatedTest(5)
  void ofChecksWrittenAtOnceTheLatestStays() throws Exception {
    Database database = Samples.create(inventory, definition(scope, "sales"));
    List<Callable<Boolean>> reports = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Instant checkedAt = NOON.minusSeconds(i);
      reports.add(
          () -> {
            inventory.recordHealth(
                health(database, DatabaseStatus.CONNECTED, checkedAt.toString(), checkedAt));
            return true;
          });
    }

    allAtOnce(reports);

    Database checked = inventory.find(scope, database.id()).orElseThrow();
    assertThat(checked.lastChecked()).isEqualTo(NOON);
    assertThat(checked.statusMessage()).isEqualTo(NOON.toString());
  }

  @Test
  void aCheckDoesNotBringADatabaseBack() {
    Database database = Samples.create(inventory, definition(scope, "sales"));
    inventory.delete(database.definition().ref());

    inventory.recordHealth(health(database, DatabaseStatus.CONNECTED, "", NOON));

    assertThat(count("MATCH (n {id: $id})", database.id())).isZero();
  }

  @Test
  void theSchemaMayBeEnsuredAgain() {
    new InventorySchema(driver).ensure();
    inventory.ping();
  }

  private long count(String pattern, String id) {
    return driver
        .executableQuery(pattern + " RETURN count(*) AS total")
        .withParameters(Map.of("id", id))
        .execute()
        .records()
        .get(0)
        .get("total")
        .asLong();
  }

  private static <T> List<T> allAtOnce(List<Callable<T>> calls)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }
}
