package io.tas.dbhub.storage.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class LeftoversTest {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

  private final Scope scope = Samples.newScope();
  private final DatabaseRef gone = new DatabaseRef(UUID.randomUUID().toString(), scope);
  private DatabaseInventory inventory;

  @BeforeEach
  void openInventory(Driver driver) {
    inventory = Samples.inventory(driver, Clock.systemUTC());
  }

  @Test
  void leftoversAreListedForTheirScopeOnly() {
    Leftover secret = leftover(gone, "Secret a/b", NOON);
    Leftover resource = leftover(gone, "Database a/b", NOON.plusSeconds(1));
    Leftover foreign = leftover(new DatabaseRef(gone.id(), Samples.newScope()), "Secret a/b", NOON);

    inventory.recordLeftovers(List.of(secret, resource, foreign));

    assertThat(inventory.listLeftovers(scope, 1, 10))
        .isEqualTo(new LeftoverPage(List.of(resource, secret), 2));
    assertThat(inventory.listLeftovers(scope, 2, 1))
        .isEqualTo(new LeftoverPage(List.of(secret), 2));
    assertThat(inventory.findLeftovers(scope, gone.id())).containsExactly(resource, secret);
    assertThat(inventory.findLeftovers(foreign.database().scope(), gone.id()))
        .containsExactly(foreign);
    assertThat(inventory.findLeftovers(scope, "other")).isEmpty();
    assertThatThrownBy(() -> inventory.listLeftovers(scope, 1, 101))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneThatIsListedIsRenewed() {
    inventory.recordLeftovers(List.of(leftover(gone, "Secret a/b", NOON)));
    Leftover again = leftover(gone, "Secret a/b", NOON.plusSeconds(5));

    inventory.recordLeftovers(List.of(again));

    assertThat(inventory.findLeftovers(scope, gone.id())).containsExactly(again);
  }

  @Test
  void aComparisonReplacesWhatAnEarlierOneFound() {
    DatabaseRef other = new DatabaseRef(UUID.randomUUID().toString(), scope);
    Leftover stays = leftover(gone, "Secret a/b", NOON);
    compare(NOON, stays, leftover(other, "Secret a/c", NOON));

    Leftover comes = leftover(gone, "Database a/b", NOON.plusSeconds(60));
    compare(NOON.plusSeconds(60), leftover(gone, "Secret a/b", NOON.plusSeconds(60)), comes);

    // It was found the first time it was seen.
    assertThat(inventory.listLeftovers(scope, 1, 10).leftovers()).containsExactly(comes, stays);

    compare(NOON.plusSeconds(120));
    assertThat(inventory.listLeftovers(scope, 1, 10)).isEqualTo(new LeftoverPage(List.of(), 0));
  }

  @Test
  void whatAnOperationLeftStaysUntilNothingOfTheDatabaseIsThere() {
    Leftover left = leftover(gone, "Secret a/b", NOON);
    inventory.recordLeftovers(List.of(left));

    compare(NOON.plusSeconds(1), leftover(gone, "Secret a/b", NOON.plusSeconds(1)));
    assertThat(inventory.findLeftovers(scope, gone.id())).containsExactly(left);

    compare(NOON.plusSeconds(2));
    assertThat(inventory.findLeftovers(scope, gone.id())).isEmpty();
  }

  @Test
  void whatAnOperationLeftOfADatabaseThatIsThereStays() {
    Database database = Samples.create(inventory, Samples.definition(scope, "sales"));
    Leftover left = leftover(database.definition().ref(), "Secret a/b", NOON);
    inventory.recordLeftovers(List.of(left));

    compare(NOON.plusSeconds(1));

    assertThat(inventory.findLeftovers(scope, database.id())).containsExactly(left);
  }

  @Test
  void whatAnOperationLeftWhileItWasComparedStays() {
    Leftover left = leftover(gone, "Secret a/b", NOON);
    inventory.recordLeftovers(List.of(left));

    compare(NOON);

    assertThat(inventory.findLeftovers(scope, gone.id())).containsExactly(left);
  }

  @Test
  void deletingADatabaseTakesItsLeftoversWithIt() {
    Leftover foreign = leftover(new DatabaseRef(gone.id(), Samples.newScope()), "Secret a/b", NOON);
    inventory.recordLeftovers(List.of(leftover(gone, "Secret a/b", NOON), foreign));

    inventory.delete(gone);

    assertThat(inventory.findLeftovers(scope, gone.id())).isEmpty();
    assertThat(inventory.findLeftovers(foreign.database().scope(), gone.id()))
        .containsExactly(foreign);
  }

  @Test
  void aComparisonSeesEveryConnectionOnce() {
    List<ConnectionRow> mine = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Database database =
          Samples.create(inventory, Samples.definition(Samples.newScope(), "sales"));
      mine.add(
          new ConnectionRow(database.definition().ref(), database.secret(), database.resource()));
    }

    List<ConnectionRow> seen = new ArrayList<>();
    List<ConnectionRow> page = inventory.connections("", 1000);
    while (!page.isEmpty()) {
      seen.addAll(page);
      page = inventory.connections(page.get(page.size() - 1).database().id(), 1000);
    }

    assertThat(seen).extracting(row -> row.database().id()).isSorted();
    assertThat(inventory.connections(seen.get(0).database().id(), 2)).isEqualTo(seen.subList(1, 3));
    assertThat(seen).doesNotHaveDuplicates().containsAll(mine);
  }

  private void compare(Instant comparedAt, Leftover... found) {
    inventory.replaceLeftovers(List.of(found), comparedAt);
  }

  private static Leftover leftover(DatabaseRef database, String what, Instant foundAt) {
    return new Leftover(database, what, "no inventory node", foundAt);
  }
}
