package io.tas.dbhub.workflows.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.CheckResult;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.HealthState;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.LoginRights;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MonitorDatabaseHealthTest extends WorkflowTest {
  private final String id = UUID.randomUUID().toString();

  @Test
  void itProbesAtOnceAndThenAtTheInterval() {
    start();
    await().until(() -> world.recorded.size() == 1);

    temporal.sleep(Duration.ofMinutes(17));

    assertThat(world.recorded)
        .as("one at the start and three in 17 minutes at 5 minutes with 10 %% jitter")
        .hasSize(4);
  }

  @Test
  void oneThatGoesOnFromWhatIsKnownProbesWithinTheInterval() {
    HealthState known =
        HealthState.unknown()
            .found(DatabaseStatus.CONNECTED, "", 0, 1, 1)
            .statusWrittenAt(Instant.ofEpochMilli(temporal.currentTimeMillis()));
    MonitorDatabaseHealth monitor = stub(MonitorDatabaseHealth.class, WorkflowIds.health(id));
    WorkflowClient.start(
        monitor::monitor, MonitorRequest.byHand(new ResourceRef("sales", "orders"), id, known));
    assertThat(monitor.health()).isEqualTo(known);

    temporal.sleep(HealthPolicy.defaults().interval().plusSeconds(1));

    assertThat(world.calls)
        .as("the interval after that one begins anew")
        .containsOnly("ProbeDatabase")
        .hasSizeBetween(1, 2);
  }

  @Test
  void everyCheckMovesTheNodeButOnlyAChangeWritesTheResource() {
    start();
    await().until(() -> world.recorded.size() == 1);
    temporal.sleep(Duration.ofMinutes(22));
    assertThat(world.recorded).hasSizeGreaterThan(3);
    assertThat(world.statusWrites).hasSize(1);

    world.reachable = false;
    temporal.sleep(Duration.ofMinutes(10));

    assertThat(world.statusWrites.stream().map(HealthReport::status))
        .containsExactly(DatabaseStatus.CONNECTED, DatabaseStatus.DEGRADED, DatabaseStatus.FAILED);
  }

  @Test
  void whatWorksIsCheckedQuietlyUntilItDoesNot() throws Exception {
    world.answersQuietly = true;
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.recorded.size() == 1);
    temporal.sleep(Duration.ofMinutes(17));
    assertThat(world.calls.stream().filter("CheckQuietly"::equals)).hasSize(3);
    assertThat(world.calls.stream().filter("ProbeDatabase"::equals)).hasSize(1);
    assertThat(monitor.health().status()).isEqualTo(DatabaseStatus.CONNECTED);

    world.reachable = false;
    temporal.sleep(Duration.ofMinutes(6));

    assertThat(world.recorded.get(world.recorded.size() - 1).status())
        .as("an ordinary check has found out")
        .isNotEqualTo(DatabaseStatus.CONNECTED);
    record("MonitorDatabaseHealth-quiet", WorkflowStub.fromTyped(monitor));
  }

  @Test
  void aQuietCheckNeverLetsTheResourcesStatusLag() {
    world.answersQuietly = true;
    start();
    await().until(() -> world.recorded.size() == 1);

    temporal.sleep(Duration.ofMinutes(40));

    assertThat(world.statusWrites)
        .as("written at the start and after %s", HealthPolicy.defaults().statusRefresh())
        .hasSize(2);
  }

  @Test
  void checkNowProbesAndAnswersWhatIsWrittenDown() {
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.recorded.size() == 1);
    world.reachable = false;

    CheckResult result = monitor.checkNow();

    assertThat(result.status()).isEqualTo(DatabaseStatus.DEGRADED);
    assertThat(result.diagnosis()).isNotNull();
    assertThat(world.recorded.get(world.recorded.size() - 1).status())
        .isEqualTo(DatabaseStatus.DEGRADED);
  }

  @Test
  void aPausedMonitorDoesNotProbeButAnswersCheckNow() {
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.recorded.size() == 1);
    monitor.pause();

    temporal.sleep(Duration.ofHours(2));
    assertThat(world.recorded).hasSize(1);
    monitor.checkNow();
    assertThat(world.recorded).hasSize(2);

    monitor.resume();
    await().until(() -> world.recorded.size() == 3);
  }

  @Test
  void aResourceTakenAwayByHandIsToldBeforeItEnds() throws Exception {
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.recorded.size() == 1);
    world.resourceGone = true;

    CheckResult result = monitor.checkNow();

    WorkflowStub.fromTyped(monitor).getResult(Void.class);
    assertThat(result.status()).isEqualTo(DatabaseStatus.FAILED);
    assertThat(world.recorded).hasSize(2);
    assertThat(world.recorded.get(1).status()).isEqualTo(DatabaseStatus.FAILED);
    assertThat(world.recorded.get(1).message()).startsWith("The Database resource is missing.");
    assertThat(world.statusWrites).as("there is no resource to write to").hasSize(1);
    record("MonitorDatabaseHealth-resource-missing", WorkflowStub.fromTyped(monitor));
  }

  @Test
  void aResourceThatGoesAfterTheMonitorWasStoppedIsNoNews() {
    world.probesHeld = new CountDownLatch(1);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.calls.contains("ProbeDatabase"));
    world.resourceGone = true;

    monitor.stop();
    world.probesHeld.countDown();

    WorkflowStub.fromTyped(monitor).getResult(Void.class);
    assertThat(world.recorded).isEmpty();
  }

  @Test
  void aResourceThatNobodyManagesIsNotMissed() {
    MonitorDatabaseHealth monitor = stub(MonitorDatabaseHealth.class, WorkflowIds.health(id));
    world.resourceGone = true;

    monitor.monitor(MonitorRequest.byHand(new ResourceRef("tas-mcp-servers", "db-x"), id, null));

    assertThat(world.recorded).isEmpty();
  }

  @Test
  void aResourceMadeAgainByHandUnderTheNameIsAnotherConnection() {
    MonitorDatabaseHealth monitor = stub(MonitorDatabaseHealth.class, WorkflowIds.health(id));
    WorkflowClient.start(
        monitor::monitor, MonitorRequest.byHand(new ResourceRef("shop", "orders"), id, null));
    await().until(() -> world.statusWrites.size() == 1);
    assertThat(world.statusWrites.get(0).uid()).isEqualTo(id);

    world.resourceUid = "another";
    temporal.sleep(Duration.ofMinutes(6));

    WorkflowStub.fromTyped(monitor).getResult(Void.class);
    assertThat(world.statusWrites).hasSize(1);
  }

  @Test
  void aResourceThatTheControlPlaneMadeAgainIsTheSameConnection() {
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.recorded.size() == 1);

    world.resourceUid = "another";
    monitor.checkNow();

    assertThat(world.recorded).hasSize(2);
  }

  @Test
  void aConnectionSetAsideIsWrittenDownOnceAndNotProbedUntilItChanges() throws Exception {
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.recorded.size() == 1);
    world.resourcePaused = true;
    monitor.connectionChanged();
    await().until(() -> monitor.health().setAside());

    temporal.sleep(Duration.ofHours(2));
    CheckResult result = monitor.checkNow();

    assertThat(world.calls.stream().filter("ProbeDatabase"::equals)).hasSize(3);
    assertThat(result.status()).isEqualTo(DatabaseStatus.PENDING);
    assertThat(result.message()).isEqualTo("Paused: neither probed nor served.");
    assertThat(result.diagnosis()).isNull();
    assertThat(world.recorded).hasSize(2);
    assertThat(world.statusWrites)
        .extracting(HealthReport::status)
        .containsExactly(DatabaseStatus.CONNECTED, DatabaseStatus.PENDING);

    world.resourcePaused = false;
    world.reachable = false;
    monitor.connectionChanged();
    await().until(() -> world.recorded.size() == 3);
    assertThat(world.recorded.get(2).status())
        .as("the first finding is believed at once")
        .isEqualTo(DatabaseStatus.FAILED);
    monitor.stop();
    WorkflowStub.fromTyped(monitor).getResult(Void.class);
    record("MonitorDatabaseHealth-set-aside", WorkflowStub.fromTyped(monitor));
  }

  @Test
  void aConnectionSetAsideIsWrittenDownAgainWhenItWasMended() {
    world.resourcePaused = true;
    MonitorDatabaseHealth monitor = start();
    await().until(() -> monitor.health().setAside());
    int before = world.recorded.size();

    monitor.connectionChanged();

    await().until(() -> world.recorded.size() == before + 1);
    assertThat(world.recorded.get(before).message())
        .isEqualTo("Paused: neither probed nor served.");
  }

  @Test
  void thatAConnectionIsSetAsideIsWrittenEvenWhenTheFirstWriteIsRefused() {
    world.resourcePaused = true;
    world.failNext("WriteResourceStatus", FailureType.KUBERNETES_REFUSED, false);
    start();

    temporal.sleep(Duration.ofMinutes(1));

    assertThat(world.statusWrites)
        .extracting(HealthReport::message)
        .containsExactly("Paused: neither probed nor served.");
  }

  @Test
  void theReportTellsWhatWasProbed() {
    start();
    await().until(() -> world.statusWrites.size() == 1);

    assertThat(world.recorded.get(0).digest()).isEqualTo("digest");
  }

  @Test
  void whatTheLoginMayDoIsToldWhenItIsFoundAndAskedForAgainAfterAChangeOrOnRequest() {
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.statusWrites.size() == 1);
    LoginFinding writes = new LoginFinding(LoginRights.MAY_WRITE, 1, 1234);
    world.login = writes;

    monitor.checkNow();

    assertThat(world.statusWrites).extracting(HealthReport::login).containsExactly(null, writes);
    assertThat(world.statusWrites.get(1).status())
        .as("it works all the same")
        .isEqualTo(DatabaseStatus.CONNECTED);
    world.login = null;
    temporal.sleep(Duration.ofMinutes(6));
    assertThat(world.recorded.get(world.recorded.size() - 1).login()).isEqualTo(writes);
    assertThat(world.statusWrites).as("nothing new").hasSize(2);
    assertThat(world.askedWith).startsWith(Optional.empty(), Optional.empty(), Optional.of(writes));

    int probes = world.askedWith.size();
    monitor.connectionChanged();
    await().until(() -> world.askedWith.size() == probes + 1);
    assertThat(world.askedWith.get(probes)).contains(writes.due());
  }

  @Test
  void itEndsWhenToldSo() {
    MonitorDatabaseHealth monitor = start();
    monitor.stop();
    WorkflowStub.fromTyped(monitor).getResult(Void.class);
  }

  @Test
  void aRefusalOfKubernetesDoesNotEndIt() {
    world.failNext("ProbeDatabase", FailureType.KUBERNETES_REFUSED, false);
    start();

    temporal.sleep(Duration.ofMinutes(1));

    assertThat(world.recorded).isNotEmpty();
  }

  @Test
  void aCheckThatCouldNotBeMadeIsAFailureAndNotTheLastAnswer() {
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.recorded.size() == 1);
    world.failNext("ProbeDatabase", FailureType.KUBERNETES_REFUSED, false);

    assertThatThrownBy(monitor::checkNow)
        .satisfies(
            failure ->
                assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.KUBERNETES_REFUSED));
    assertThat(monitor.checkNow().status()).isEqualTo(DatabaseStatus.CONNECTED);
  }

  @Test
  void aConnectionMadeAgainIsMonitoredAlthoughItsMonitorWasToldToStop() {
    world.probesHeld = new CountDownLatch(1);
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.calls.contains("ProbeDatabase"));

    monitor.stop();
    monitor.connectionChanged();
    world.probesHeld.countDown();

    await().until(() -> world.recorded.size() >= 2);
  }

  @Test
  void itsStatusCanBeSearchedFor() {
    MonitorDatabaseHealth monitor = start();
    await().until(() -> world.recorded.size() == 1);
    monitor.checkNow();

    assertThat(
            WorkflowStub.fromTyped(monitor)
                .describe()
                .getTypedSearchAttributes()
                .get(SearchAttributes.PHASE))
        .isEqualTo("Connected");
  }

  private MonitorDatabaseHealth start() {
    MonitorDatabaseHealth monitor = stub(MonitorDatabaseHealth.class, WorkflowIds.health(id));
    WorkflowClient.start(
        monitor::monitor,
        MonitorRequest.managed(
            new ResourceRef("tas-mcp-servers", "db-x"), Samples.definition(id).ref()));
    return monitor;
  }
}
