package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.activities.kubernetes.NewConnections;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResourceStatus;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.CheckedConnection;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.health.FirstChecksReport;
import io.tas.dbhub.core.health.FirstChecksRequest;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.HealthState;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.health.NewConnection;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.LoginRights;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.sealing.Credentials;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JdbcFirstChecksTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final ConnectionError NO_SECRET =
      new ConnectionError(ErrorKind.CONFIGURATION, "The Secret is missing.", "Create it.");

  private final TargetProber prober = new TargetProber(Targets.local());
  private final World world = new World();
  private final Map<String, MonitorRequest> started = new LinkedHashMap<>();

  /** What Kubernetes holds. */
  private static final class World implements NewConnections {
    final Map<String, DatabaseResource> resources = new ConcurrentHashMap<>();
    final Map<String, Connection> connections = new ConcurrentHashMap<>();
    final List<HealthReport> written = new CopyOnWriteArrayList<>();
    final Set<String> unavailable = ConcurrentHashMap.newKeySet();

    @Override
    public @Nullable DatabaseResource find(ResourceRef resource) {
      if (unavailable.contains(resource.name())) {
        throw Failures.of(FailureType.KUBERNETES_UNAVAILABLE, "planned for the test");
      }
      return resources.get(resource.name());
    }

    @Override
    public Connection read(DatabaseResource resource) {
      Connection found = connections.get(resource.getMetadata().getName());
      if (found == null) {
        throw new IllegalStateException("nobody foresaw this");
      }
      return found;
    }

    @Override
    public void write(DatabaseResource resource, HealthReport report) {
      written.add(report);
    }
  }

  @AfterEach
  void stop() {
    prober.close();
  }

  @Test
  void eachFindingIsWrittenAndCarriedOn() {
    add("orders", new Connection.Unusable(NO_SECRET, 1, null));

    CheckedConnection checked = only(check("orders"));

    assertThat(world.written)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.status()).isEqualTo(DatabaseStatus.FAILED);
              assertThat(report.reason()).isEqualTo(NO_SECRET.reasonOrKind());
              assertThat(report.generation()).isEqualTo(1);
              assertThat(report.checkedAt()).isEqualTo(NOW);
              assertThat(report.reason()).isEqualTo("ConfigurationInvalid");
              assertThat(report.uid()).isEqualTo("uid-orders");
            });
    assertThat(Objects.requireNonNull(checked.state()).status()).isEqualTo(DatabaseStatus.FAILED);
    assertThat(checked.state().statusWrittenAtMillis()).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void oneThatHangsHoldsUpNoOtherAndIsLeftToItsMonitor() throws Exception {
    try (FakeServer silent = new FakeServer((client, over) -> over.await());
        FakeServer refusing = new FakeServer(FakeEngines.postgres(Optional.empty(), "28P01"))) {
      add("hangs", found(silent.port()));
      List<String> names = IntStream.range(0, 20).mapToObj(number -> "db-" + number).toList();
      names.forEach(name -> add(name, found(refusing.port())));

      FirstChecksReport report =
          check(Stream.concat(Stream.of("hangs"), names.stream()).toArray(String[]::new));

      assertThat(world.written).hasSize(20);
      assertThat(report.checked()).hasSize(21);
      assertThat(report.checked())
          .filteredOn(one -> one.state() == null)
          .extracting(CheckedConnection::monitorId)
          .containsExactly("uid-hangs");
    }
  }

  @Test
  void aLoginThatMayWriteThroughAReadOnlyConnectionIsFoundAtOnce() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      add(
          "orders",
          new Connection.Found(
              Targets.at(
                  DatabaseType.POSTGRES,
                  "localhost",
                  server.getPort(),
                  "postgres",
                  SslMode.DISABLE),
              new Credentials("postgres", "trusted"),
              new Connection.Said(1, "uid-orders", null, null, true)));

      LoginFinding found = new LoginFinding(LoginRights.MAY_WRITE, 1, NOW.toEpochMilli());
      // A busy machine may take longer than a first check waits for.
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(only(check("orders")).state())
                      .isNotNull()
                      .extracting(HealthState::login)
                      .isEqualTo(found));
      assertThat(world.written)
          .last()
          .satisfies(
              report -> {
                assertThat(report.login()).isEqualTo(found);
                assertThat(report.status()).isEqualTo(DatabaseStatus.CONNECTED);
              });
    }
  }

  @Test
  void whatAnEarlierAttemptFoundIsNotProbedAgain() {
    DatabaseResource known = add("orders", new Connection.Unusable(NO_SECRET, 1, null));
    known.setStatus(
        new DatabaseResourceStatus(DatabaseStatus.CONNECTED, null, null, NOW.toString(), 1L, null));

    CheckedConnection checked = only(check("orders"));

    assertThat(world.written).isEmpty();
    assertThat(Objects.requireNonNull(checked.state()).status())
        .isEqualTo(DatabaseStatus.CONNECTED);
  }

  @Test
  void aStatusOfAnotherGenerationIsNotBelieved() {
    DatabaseResource known = add("orders", new Connection.Unusable(NO_SECRET, 1, null));
    known.setStatus(
        new DatabaseResourceStatus(DatabaseStatus.CONNECTED, null, null, NOW.toString(), 0L, null));

    check("orders");

    assertThat(world.written).hasSize(1);
  }

  @Test
  void whatIsGoneOrMadeAgainGetsNoMonitor() {
    add("orders", new Connection.Unusable(NO_SECRET, 1, null)).getMetadata().setUid("another");

    assertThat(check("orders", "gone").checked()).isEmpty();
    assertThat(world.written).isEmpty();
  }

  @Test
  void oneThatCannotBeCheckedIsLeftToItsMonitor() {
    add("strange", null);
    add("paused", new Connection.SetAside(1, null));

    assertThat(check("strange", "paused").checked())
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.state()).isNull());
  }

  @Test
  void anOutageOfKubernetesFailsTheAttemptAfterTheOthersWereChecked() {
    world.unavailable.add("away");
    add("orders", new Connection.Unusable(NO_SECRET, 1, null));

    assertThatThrownBy(() -> check("away", "orders"))
        .satisfies(
            thrown ->
                assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.KUBERNETES_UNAVAILABLE));
    assertThat(world.written).hasSize(1);
  }

  @Test
  void monitorsAreStartedWithWhatWasFound() {
    add("orders", new Connection.Unusable(NO_SECRET, 1, null));
    add("paused", new Connection.SetAside(1, null));
    JdbcFirstChecks checks = checks();

    checks.startMonitors(check("orders", "paused"), () -> {});

    assertThat(started.keySet()).containsExactly("uid-orders", "uid-paused");
    assertThat(started.get("uid-orders").uid()).isEqualTo("uid-orders");
    assertThat(Objects.requireNonNull(started.get("uid-orders")).state()).isNotNull();
    assertThat(Objects.requireNonNull(started.get("uid-paused")).state()).isNull();
  }

  /** Its status is known, its place in the inventory is not: that cannot wait for minutes. */
  @Test
  void oneThatAsksForAPlaceInTheInventoryHasItsMonitorLookAtOnce() {
    add("claims", new Connection.Unusable(NO_SECRET, 1, null))
        .getMetadata()
        .setLabels(Map.of(Kubernetes.TENANT, "acme", Kubernetes.SPACE, "sales"));

    CheckedConnection checked = only(check("claims"));

    assertThat(world.written).hasSize(1);
    assertThat(checked.state()).isNull();
  }

  @Test
  void whatWentSinceItsCheckGetsNoMonitor() {
    List.of("stays", "goes", "comes-again")
        .forEach(name -> add(name, new Connection.Unusable(NO_SECRET, 1, null)));
    FirstChecksReport report = check("stays", "goes", "comes-again");
    world.resources.remove("goes");
    add("comes-again", null).getMetadata().setUid("another");

    checks().startMonitors(report, () -> {});

    assertThat(started.keySet()).containsExactly("uid-stays");
  }

  private JdbcFirstChecks checks() {
    return new JdbcFirstChecks(
        prober,
        world,
        started::put,
        HealthPolicy.defaults(),
        new LoginLook(Duration.ofHours(1), CLOCK),
        CLOCK,
        4);
  }

  private FirstChecksReport check(String... names) {
    return checks()
        .checkFirst(
            new FirstChecksRequest(
                Arrays.stream(names)
                    .map(name -> new NewConnection("uid-" + name, new ResourceRef("ns", name)))
                    .toList()),
            () -> {});
  }

  private static CheckedConnection only(FirstChecksReport report) {
    assertThat(report.checked()).hasSize(1);
    return report.checked().get(0);
  }

  private static Connection found(int port) {
    return new Connection.Found(
        Targets.at(DatabaseType.POSTGRES, port, SslMode.DISABLE), Targets.NOBODY, 1, null);
  }

  private DatabaseResource add(String name, @Nullable Connection connection) {
    DatabaseResource resource = new DatabaseResource();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("ns")
            .withName(name)
            .withUid("uid-" + name)
            .withGeneration(1L)
            .build());
    world.resources.put(name, resource);
    if (connection != null) {
      world.connections.put(name, connection);
    }
    return resource;
  }
}
