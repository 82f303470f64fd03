package io.tas.dbhub.workflows.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.adoption.AdoptionResult;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The inventory follows a Database resource made by hand. */
class ManifestFollowerTest extends WorkflowTest {
  private static final ResourceRef RESOURCE = new ResourceRef("shop", "orders");

  private final String id = UUID.randomUUID().toString();
  private final DatabaseDefinition orders = Samples.definition(id);

  @Test
  void aResourceThatAsksForNothingCostsNothing() {
    start();
    await().until(() -> world.statusWrites.size() == 1);
    temporal.sleep(Duration.ofHours(1));

    assertThat(world.calls).containsOnly("ProbeDatabase", "WriteResourceStatus");
    assertThat(lastStatus().adoption()).isNull();
  }

  @Test
  void aResourceThatAsksForItIsListedBeforeItsHealthIsWrittenDown() throws Exception {
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);

    assertThat(manifests.adopted).containsOnlyKeys(orders.ref());
    assertThat(world.recorded.get(0).database()).isEqualTo(orders.ref());
    assertThat(lastStatus().adoption()).extracting(AdoptionResult::reason).isEqualTo("Adopted");
    assertThat(lastStatus().reason()).isEqualTo("Connected");
    assertThat(
            WorkflowStub.fromTyped(monitor)
                .describe()
                .getTypedSearchAttributes()
                .get(SearchAttributes.TENANT))
        .as("whose it is can be searched for")
        .isEqualTo("acme");

    world.resourceGone = true;
    monitor.connectionChanged();
    WorkflowStub.fromTyped(monitor).getResult(Void.class);
    assertThat(manifests.adopted).as("it takes its node with it").isEmpty();
    record("MonitorDatabaseHealth-adopted", WorkflowStub.fromTyped(monitor));
  }

  @Test
  void whatIsListedIsNotWrittenAgainAtEveryCheckButMadeSureOfNowAndThen() {
    manifests.say(orders);
    start();
    await().until(() -> world.statusWrites.size() == 1);
    temporal.sleep(Duration.ofMinutes(20));
    assertThat(calls("AdoptDatabase")).isEqualTo(1);
    assertThat(manifests.again).as("it is new, with the grants that new ones have").isFalse();

    manifests.adopted.clear();
    temporal.sleep(Duration.ofMinutes(20));

    assertThat(manifests.adopted).as("somebody took it away").containsOnlyKeys(orders.ref());
    assertThat(manifests.again).as("its grants were taken away with it").isTrue();
  }

  @Test
  void theNodeFollowsWhatTheResourceSays() {
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);
    DatabaseDefinition renamed = Samples.named(orders, "sales");

    manifests.say(renamed);
    monitor.checkNow();

    assertThat(manifests.adopted).containsEntry(orders.ref(), renamed);
    assertThat(lastStatus().adoption().message()).contains("sales");
  }

  @Test
  void aTakenNameIsToldAndHealsSoonAfterItIsFree() {
    manifests.takenNames.add("orders");
    manifests.say(orders);
    start();
    await().until(() -> world.statusWrites.size() == 1);
    assertThat(lastStatus().adoption()).extracting(AdoptionResult::reason).isEqualTo("NameTaken");
    assertThat(world.recorded).as("there is no node").isEmpty();

    manifests.takenNames.clear();
    temporal.sleep(Duration.ofMinutes(2));

    assertThat(manifests.adopted).containsOnlyKeys(orders.ref());
    assertThat(lastStatus().adoption()).extracting(AdoptionResult::reason).isEqualTo("Adopted");
  }

  @Test
  void whatIsRenamedToATakenNameIsNotListedUnderItsOldOne() {
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);
    manifests.takenNames.add("sales");

    manifests.say(Samples.named(orders, "sales"));
    monitor.checkNow();

    assertThat(manifests.adopted).isEmpty();
    assertThat(lastStatus().adoption()).extracting(AdoptionResult::reason).isEqualTo("NameTaken");
  }

  @Test
  void aTenantThatIsNotAllowedAnyMoreLosesTheNode() {
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);

    manifests.refusal = AdoptionResult.refused("TenantNotAllowed", "ask for it");
    manifests.say(Samples.named(orders, "sales"));
    monitor.checkNow();

    assertThat(manifests.adopted).isEmpty();
    assertThat(lastStatus().adoption()).isEqualTo(manifests.refusal);
    assertThat(lastStatus().status()).isEqualTo(DatabaseStatus.CONNECTED);
  }

  @Test
  void labelsMovedToAnotherTenantMoveTheNode() {
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);
    DatabaseDefinition moved =
        new DatabaseDefinition(
            id,
            new Scope("globex", "sales"),
            "",
            orders.name(),
            orders.target(),
            orders.policy(),
            orders.labels(),
            "",
            "",
            true);

    manifests.say(moved);
    monitor.checkNow();

    assertThat(manifests.adopted).containsOnlyKeys(moved.ref());
    assertThat(world.recorded.get(world.recorded.size() - 1).database()).isEqualTo(moved.ref());
  }

  @Test
  void whatGaveUpItsPlaceAndAsksForItAnewBeginsLikeANewOne() {
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);
    manifests.say(null);
    monitor.checkNow();
    assertThat(manifests.adopted).isEmpty();
    manifests.again = true;

    manifests.say(orders);
    monitor.checkNow();

    assertThat(manifests.adopted).containsOnlyKeys(orders.ref());
    assertThat(manifests.again).as("with the grants that new ones have").isFalse();
  }

  @Test
  void labelsTakenAwayTakeTheNodeAwayAndTheConditionToo() {
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);

    manifests.say(null);
    monitor.checkNow();

    assertThat(manifests.adopted).isEmpty();
    assertThat(lastStatus().adoption()).isNull();
    assertThat(world.statusWrites).hasSize(2);
  }

  @Test
  void aConnectionThatIsSetAsideIsListedAndFollowedToo() {
    world.resourcePaused = true;
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);
    assertThat(manifests.adopted).containsOnlyKeys(orders.ref());
    assertThat(lastStatus().reason()).isEqualTo("Paused");

    manifests.say(null);
    monitor.connectionChanged();

    await().until(() -> world.statusWrites.size() == 2);
    assertThat(manifests.adopted).isEmpty();
  }

  @Test
  void aConnectionThatIsSetAsideIsListedOnceTheNameIsFree() {
    world.resourcePaused = true;
    manifests.takenNames.add("orders");
    manifests.say(orders);
    start();
    await().until(() -> world.statusWrites.size() == 1);
    assertThat(lastStatus().adoption()).extracting(AdoptionResult::reason).isEqualTo("NameTaken");

    manifests.takenNames.clear();
    temporal.sleep(Duration.ofMinutes(2));

    assertThat(manifests.adopted).containsOnlyKeys(orders.ref());
  }

  @Test
  void whatIsSetAsideWhileTheInventoryIsAwayIsFollowedLater() {
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);

    world.resourcePaused = true;
    manifests.say(null);
    world.breakDown("ReleaseDatabase", FailureType.INVENTORY_UNAVAILABLE);
    monitor.connectionChanged();
    temporal.sleep(Duration.ofMinutes(1));
    assertThat(manifests.adopted).isNotEmpty();

    world.mend("ReleaseDatabase");
    temporal.sleep(Duration.ofMinutes(2));

    assertThat(manifests.adopted).isEmpty();
    assertThat(lastStatus().adoption()).isNull();
  }

  @Test
  void anInventoryThatIsAwayHoldsUpNoStatusAndIsCaughtUpWith() {
    world.breakDown("AdoptDatabase", FailureType.INVENTORY_UNAVAILABLE);
    manifests.say(orders);
    start();
    temporal.sleep(Duration.ofMinutes(1));
    assertThat(lastStatus().status()).isEqualTo(DatabaseStatus.CONNECTED);
    assertThat(lastStatus().adoption()).extracting(AdoptionResult::reason).isEqualTo("Undecided");

    world.mend("AdoptDatabase");
    temporal.sleep(Duration.ofMinutes(2));

    assertThat(manifests.adopted).containsOnlyKeys(orders.ref());
  }

  @Test
  void aNodeThatWasMadeWhileTheAnswerWasLostGoesWithItsResource() {
    for (int attempt = 0; attempt < 20; attempt++) {
      world.failNext("AdoptDatabase", FailureType.INVENTORY_UNAVAILABLE, true);
    }
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    temporal.sleep(Duration.ofSeconds(50));
    assertThat(lastStatus().adoption()).extracting(AdoptionResult::reason).isEqualTo("Undecided");
    assertThat(manifests.adopted).isNotEmpty();

    monitor.stop();

    WorkflowStub.fromTyped(monitor).getResult(Void.class);
    assertThat(manifests.adopted).isEmpty();
  }

  @Test
  void aMonitorThatIsToldToStopTakesTheNodeAway() {
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);

    monitor.stop();

    WorkflowStub.fromTyped(monitor).getResult(Void.class);
    assertThat(manifests.adopted).isEmpty();
  }

  @Test
  void aResourceMadeAgainUnderTheNameIsAnotherMonitorsMatter() {
    manifests.say(orders);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);
    DatabaseDefinition again = Samples.definition(UUID.randomUUID().toString());

    manifests.say(again);
    manifests.adopted.put(again.ref(), again);
    world.resourceUid = again.id();
    monitor.connectionChanged();

    WorkflowStub.fromTyped(monitor).getResult(Void.class);
    assertThat(manifests.adopted).as("only its own node goes").containsOnlyKeys(again.ref());
    assertThat(world.statusWrites).hasSize(1);
  }

  private long calls(String activity) {
    return List.copyOf(world.calls).stream().filter(activity::equals).count();
  }

  private HealthReport lastStatus() {
    return world.statusWrites.get(world.statusWrites.size() - 1);
  }

  private MonitorDatabaseHealth start() {
    MonitorDatabaseHealth monitor = stub(MonitorDatabaseHealth.class, WorkflowIds.health(id));
    WorkflowClient.start(monitor::monitor, MonitorRequest.byHand(RESOURCE, id, null));
    return monitor;
  }
}
