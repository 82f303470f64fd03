package io.tas.dbhub.storage.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

/** Nodes that follow a manifest. */
@ExtendWith(EmbeddedNeo4j.class)
class AdoptionTest {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
  private static final ResourceRef SECRET = new ResourceRef("shop", "creds");
  private static final ResourceRef RESOURCE = new ResourceRef("shop", "orders");

  private final Scope scope = Samples.newScope();
  private final DatabaseDefinition orders =
      Samples.definition(scope, "orders", DatabaseType.POSTGRES, Map.of("team", "blue"));
  private DatabaseInventory inventory;

  @BeforeEach
  void openInventory(Driver driver) {
    inventory = Samples.inventory(driver, Clock.fixed(NOON, ZoneOffset.UTC));
  }

  @Test
  void anAdoptedDatabaseIsListedAndSaysThatAManifestOwnsIt() {
    Database adopted = inventory.adopt(orders, SECRET, RESOURCE);

    assertThat(adopted.origin()).isEqualTo(Origin.MANIFEST);
    assertThat(adopted.status()).isEqualTo(DatabaseStatus.PENDING);
    assertThat(inventory.find(scope, orders.id())).contains(adopted);
    assertThat(inventory.list(scope, Onlooker.ofEverything(), labelled("blue")).databases())
        .containsExactly(adopted);
    assertThat(inventory.connections("", 10_000))
        .contains(new ConnectionRow(orders.ref(), SECRET, RESOURCE, Origin.MANIFEST));
  }

  @Test
  void whatIsMadeThroughRestSaysSo() {
    assertThat(Samples.create(inventory, orders).origin()).isEqualTo(Origin.REST);
    assertThat(inventory.find(scope, orders.id()).orElseThrow().origin()).isEqualTo(Origin.REST);
  }

  @Test
  void adoptingAgainChangesNothing() {
    Database adopted = inventory.adopt(orders, SECRET, RESOURCE);
    inventory.recordHealth(Samples.health(adopted, DatabaseStatus.CONNECTED, "", NOON));

    Database again = inventory.adopt(orders, SECRET, RESOURCE);

    assertThat(again.revision()).isEqualTo(1);
    assertThat(again.status()).isEqualTo(DatabaseStatus.CONNECTED);
  }

  @Test
  void theNodeFollowsTheManifestAndKeepsItsHealth() {
    Database adopted = inventory.adopt(orders, SECRET, RESOURCE);
    inventory.recordHealth(Samples.health(adopted, DatabaseStatus.CONNECTED, "", NOON));
    ResourceRef other = new ResourceRef("vault", "creds");
    DatabaseDefinition changed =
        Changes.labelled(Changes.named(orders, "sales"), Map.of("team", "red"));

    Database followed = inventory.adopt(changed, other, RESOURCE);

    assertThat(followed.definition()).isEqualTo(changed);
    assertThat(followed.secret()).isEqualTo(other);
    assertThat(followed.revision()).isEqualTo(2);
    assertThat(followed.status()).isEqualTo(DatabaseStatus.CONNECTED);
    assertThat(followed.origin()).isEqualTo(Origin.MANIFEST);
    assertThat(inventory.find(scope, orders.id())).contains(followed);
    assertThat(inventory.list(scope, Onlooker.ofEverything(), labelled("blue")).databases())
        .isEmpty();
    assertThat(inventory.list(scope, Onlooker.ofEverything(), labelled("red")).databases())
        .containsExactly(followed);
  }

  @Test
  void aTakenNameIsRefusedAndLeavesNothing() {
    Samples.create(inventory, Samples.definition(scope, "orders"));

    assertThatThrownBy(() -> inventory.adopt(orders, SECRET, RESOURCE))
        .isInstanceOf(NameTakenException.class);
    assertThat(inventory.find(scope, orders.id())).isEmpty();
  }

  @Test
  void whatWasMadeThroughRestIsNeverTakenOver() {
    Samples.create(inventory, orders);

    assertThatThrownBy(() -> inventory.adopt(Changes.named(orders, "mine"), SECRET, RESOURCE))
        .isInstanceOf(IdTakenException.class);
    inventory.release(orders.ref(), Samples.resource(orders));

    assertThat(inventory.find(scope, orders.id()).orElseThrow().definition()).isEqualTo(orders);
  }

  @Test
  void theNodeOfAnotherScopeIsNotTakenOver() {
    inventory.adopt(orders, SECRET, RESOURCE);
    DatabaseDefinition moved = Changes.in(orders, Samples.newScope());

    assertThatThrownBy(() -> inventory.adopt(moved, SECRET, RESOURCE))
        .isInstanceOf(IdTakenException.class);

    inventory.release(orders.ref(), RESOURCE);
    assertThat(inventory.adopt(moved, SECRET, RESOURCE).definition()).isEqualTo(moved);
    assertThat(inventory.find(scope, orders.id())).isEmpty();
  }

  @Test
  void onlyTheNodeOfThatResourceIsReleased() {
    inventory.adopt(orders, SECRET, RESOURCE);

    inventory.release(orders.ref(), new ResourceRef("shop", "other"));
    inventory.release(new DatabaseRef(orders.id(), Samples.newScope()), RESOURCE);
    assertThat(inventory.find(scope, orders.id())).isPresent();

    inventory.release(orders.ref(), RESOURCE);
    inventory.release(orders.ref(), RESOURCE);
    assertThat(inventory.find(scope, orders.id())).isEmpty();
    assertThat(inventory.list(scope, Onlooker.ofEverything(), labelled("blue")).databases())
        .isEmpty();
  }

  @Test
  void ofManyWhoAdoptAtOnceOneMakesTheNode() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Database>> adopting = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        adopting.add(() -> inventory.adopt(orders, SECRET, RESOURCE));
      }
      for (Future<Database> adopted : threads.invokeAll(adopting)) {
        assertThat(adopted.get().revision()).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(inventory.list(scope, Onlooker.ofEverything(), labelled("blue")).total())
        .isEqualTo(1);
  }

  @Test
  void anAdoptedDatabaseIsFoundBehindTheInstanceThatServesIt() {
    inventory.adopt(orders, SECRET, RESOURCE);
    ResourceRef instance = new ResourceRef("shop", "main-" + UUID.randomUUID());

    inventory.recordServing(
        new ServingReport(
            instance, "http://dbhub", List.of(new Source(RESOURCE, orders.id(), "orders"))));

    assertThat(inventory.queryTarget(scope, orders.id()).flatMap(QueryTarget::endpoint))
        .contains(new ServingEndpoint(instance, "http://dbhub", "orders"));
  }

  private static ListQuery labelled(String team) {
    return new ListQuery(1, 20, null, null, "team", team, null, Sort.NAME_ASC, null);
  }
}
