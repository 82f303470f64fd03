package io.tas.dbhub.storage.inventory;

import static io.tas.dbhub.storage.inventory.Samples.definition;
import static io.tas.dbhub.storage.inventory.Samples.health;
import static io.tas.dbhub.storage.inventory.Samples.newScope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class DatabaseChangesTest {
  private static final Instant CREATED = Instant.parse("2026-05-05T12:00:00Z");
  private static final Instant CHECKED = CREATED.plusSeconds(60);
  private static final Instant CHANGED = CREATED.plusSeconds(120);

  private final Scope scope = newScope();
  private DatabaseInventory inventory;
  private Database before;

  @BeforeEach
  void openInventory(Driver driver) {
    DatabaseInventory earlier = Samples.inventory(driver, Clock.fixed(CREATED, ZoneOffset.UTC));
    Samples.create(
        earlier, definition(scope, "sales", DatabaseType.POSTGRES, Map.of("env", "prod")));
    before = earlier.list(scope, Onlooker.ofEverything(), ListQuery.page(1, 1)).databases().get(0);
    earlier.recordHealth(health(before, DatabaseStatus.DEGRADED, "slow", CHECKED));
    before = earlier.find(scope, before.id()).orElseThrow();
    inventory = Samples.inventory(driver, Clock.fixed(CHANGED, ZoneOffset.UTC));
  }

  @Test
  void everythingThatMayChangeIsWrittenAndTheStatusStays() {
    DatabaseDefinition changed =
        new DatabaseDefinition(
            before.id(),
            scope,
            "owner 2",
            "Verkäufe",
            new Target(DatabaseType.POSTGRES, "b.example.com", 1, "two", SslMode.REQUIRE, 1, 2),
            new AccessPolicy(false, 7),
            Map.of("team", "x"),
            "",
            "",
            true);

    Database updated = inventory.update(changed, 1);

    assertThat(updated.definition()).isEqualTo(changed);
    assertThat(updated.revision()).isEqualTo(2);
    assertThat(updated.updatedAt()).isEqualTo(CHANGED);
    assertThat(updated)
        .usingRecursiveComparison()
        .ignoringFields("definition", "revision", "updatedAt")
        .isEqualTo(before);
    assertThat(current()).isEqualTo(updated);
  }

  @Test
  void listingsFindItByWhatItHasNow() {
    inventory.update(
        Changes.labelled(Changes.named(before.definition(), "revenue"), Map.of("team", "x")), 1);

    assertThat(byLabel("env")).isEmpty();
    assertThat(byLabel("team")).containsExactly(current());
    ListQuery byName = new ListQuery(1, 10, null, null, "team", null, "reven", Sort.NAME_ASC, null);
    assertThat(inventory.list(scope, Onlooker.ofEverything(), byName).databases())
        .containsExactly(current());
  }

  @Test
  void aRepeatedUpdateAnswersWhatTheFirstOneMade() {
    DatabaseDefinition changed = Changes.named(before.definition(), "revenue");
    Database first = inventory.update(changed, 1);

    assertThat(inventory.update(changed, 1)).isEqualTo(first);
    assertThat(current()).isEqualTo(first);
  }

  @Test
  void anyOtherRevisionIsRefusedAndNothingChanges() {
    DatabaseDefinition changed = Changes.named(before.definition(), "revenue");
    for (long revision : new long[] {0, 2, 7}) {
      assertThatThrownBy(() -> inventory.update(changed, revision))
          .isInstanceOf(RevisionChangedException.class);
    }
    inventory.update(Changes.named(before.definition(), "other"), 1);
    assertThatThrownBy(() -> inventory.update(changed, 1))
        .isInstanceOf(RevisionChangedException.class);

    assertThat(current().definition().name()).isEqualTo("other");
  }

  @Test
  void anotherScopesDatabaseIsNotThere() {
    DatabaseDefinition stolen = Changes.in(Changes.named(before.definition(), "mine"), newScope());

    assertThatThrownBy(() -> inventory.update(stolen, 1))
        .isInstanceOf(NotInInventoryException.class);
    inventory.restore(withRevision(before, stolen, 0));

    assertThat(current()).isEqualTo(before);
  }

  @Test
  void aTakenNameChangesNothing() {
    Samples.create(inventory, definition(scope, "taken"));

    assertThatThrownBy(
            () ->
                inventory.update(
                    Changes.labelled(Changes.named(before.definition(), "taken"), Map.of()), 1))
        .isInstanceOf(NameTakenException.class);

    assertThat(current()).isEqualTo(before);
    assertThat(byLabel("env")).containsExactly(before);
  }

  @Test
  void theTypeStays() {
    assertThatThrownBy(
            () -> inventory.update(Changes.typed(before.definition(), DatabaseType.MYSQL), 1))
        .isInstanceOf(TypeChangedException.class);

    assertThat(current()).isEqualTo(before);
  }

  @Test
  void ofManyUpdatesAtOnceExactlyOneTakesEffect() throws Exception {
    List<Callable<Boolean>> updates = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String value = "value-" + i;
      updates.add(
          () -> {
            try {
              inventory.update(
                  Changes.labelled(Changes.named(before.definition(), value), Map.of("env", value)),
                  1);
              return true;
            } catch (RevisionChangedException e) {
              return false;
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(updates.size());
    List<Boolean> results = new ArrayList<>();
    try {
      for (Future<Boolean> update : threads.invokeAll(updates)) {
        results.add(update.get());
      }
    } finally {
      threads.shutdown();
    }

    assertThat(results).containsOnlyOnce(true);
    assertThat(current().revision()).isEqualTo(2);
    assertThat(current().definition().labels())
        .containsExactly(Map.entry("env", current().definition().name()));
    assertThat(byLabel("env")).containsExactly(current());
  }

  @Test
  void whatIsSetAsideIsPausedUntilItIsTakenUpAgain() {
    Database paused = inventory.update(Changes.active(before.definition(), false), 1);
    assertThat(paused.status()).isEqualTo(DatabaseStatus.PENDING);
    assertThat(paused.statusMessage()).isEqualTo("Paused: neither probed nor served.");

    Database renamed = inventory.update(Changes.named(paused.definition(), "revenue"), 2);
    assertThat(renamed.statusMessage()).isEqualTo(paused.statusMessage());

    Database again = inventory.update(Changes.active(renamed.definition(), true), 3);
    assertThat(again.status()).isEqualTo(DatabaseStatus.PENDING);
    assertThat(again.statusMessage()).isEmpty();
    assertThat(current()).isEqualTo(again);
  }

  @Test
  void restoringPutsTheDefinitionBackAsAFurtherRevision() {
    inventory.update(
        Changes.active(Changes.labelled(before.definition(), Map.of("team", "x")), false), 1);

    inventory.restore(before);
    inventory.restore(before);

    assertThat(current())
        .usingRecursiveComparison()
        .ignoringFields("revision", "updatedAt")
        .isEqualTo(before);
    assertThat(current().revision()).isEqualTo(3);
    assertThat(byLabel("env")).containsExactly(current());
    assertThat(byLabel("team")).isEmpty();
  }

  @Test
  void restoringWhatWasNotChangedDoesNothing() {
    inventory.restore(before);
    assertThat(current()).isEqualTo(before);

    inventory.update(Changes.named(before.definition(), "two"), 1);
    Database third = inventory.update(Changes.named(before.definition(), "three"), 2);
    inventory.restore(before);
    assertThat(current()).isEqualTo(third);

    inventory.delete(before.definition().ref());
    inventory.restore(before);
    assertThat(inventory.find(scope, before.id())).isEmpty();
  }

  @Test
  void aNameThatAnotherGotInTheMeantimeIsNotTakenBack() {
    Database updated = inventory.update(Changes.named(before.definition(), "revenue"), 1);
    Samples.create(inventory, definition(scope, "sales"));

    assertThatThrownBy(() -> inventory.restore(before)).isInstanceOf(NameTakenException.class);

    assertThat(current()).isEqualTo(updated);
  }

  private Database current() {
    return inventory.find(scope, before.id()).orElseThrow();
  }

  private List<Database> byLabel(String key) {
    return inventory
        .list(
            scope,
            Onlooker.ofEverything(),
            new ListQuery(1, 10, null, null, key, null, null, Sort.CREATED_AT_DESC, null))
        .databases();
  }

  private static Database withRevision(
      Database database, DatabaseDefinition definition, long revision) {
    return new Database(
        definition,
        database.secret(),
        database.resource(),
        database.status(),
        database.statusMessage(),
        database.lastChecked(),
        database.createdAt(),
        database.updatedAt().minus(Duration.ofSeconds(1)),
        revision);
  }
}
