package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.connectiontest.TestRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.ProbeOutcome;
import io.tas.dbhub.core.health.ProbeRequest;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.CandidateProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

final class JdbcProbeActivitiesTest {
  private static final ProbeRequest REQUEST =
      new ProbeRequest(new ResourceRef("dbhub", "db-1234abcd"));
  private static final HealthPolicy POLICY = HealthPolicy.defaults();
  private static final LoginLook LOGINS = new LoginLook(Duration.ofHours(1), Clock.systemUTC());
  private static final Scope SCOPE = new Scope("acme", "sales");

  @TempDir private Path keys;
  private TargetProber prober;
  private CredentialSealer sealer;
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    KeyRing.generate(keys);
    sealer = KeyRing.load(keys).sealer();
    prober = new TargetProber(Targets.local());
    server = new FakeServer(FakeEngines.postgres(Optional.empty(), "28P01"));
  }

  @AfterEach
  void stop() throws Exception {
    prober.close();
    server.close();
  }

  private Target target() {
    return Targets.at(DatabaseType.POSTGRES, server.port(), SslMode.DISABLE);
  }

  private ProbeOutcome probe(Connection desired) {
    return new JdbcProbeActivities(prober, resource -> desired, sealer, POLICY, LOGINS)
        .probe(REQUEST);
  }

  @Test
  void whatTheResourceDescribesIsProbed() {
    ProbeOutcome outcome = probe(new Connection.Found(target(), Targets.NOBODY, 7, "digest"));

    assertThat(outcome.gone()).isFalse();
    assertThat(outcome.generation()).isEqualTo(7);
    assertThat(outcome.policy()).isEqualTo(POLICY);
    assertThat(Targets.error(Objects.requireNonNull(outcome.diagnosis())).kind())
        .isEqualTo(ErrorKind.AUTHENTICATION);
  }

  @Test
  void whatWasKnownAMomentAgoIsGoodEnoughForAPeriodicProbeThatSucceeds() {
    ProbeOutcome outcome = periodic(new Connection.SetAside(1, null), new Connection.Gone());

    assertThat(outcome.paused()).isTrue();
  }

  @Test
  void nothingIsHeldAgainstAConnectionThatWasChangedAMomentAgo() {
    Connection known = new Connection.Found(target(), Targets.NOBODY, 7, "digest");
    Connection now =
        new Connection.Found(target(), new Credentials("nobody", "another"), 7, "digest");

    assertThat(periodic(known, new Connection.Gone()).gone()).isTrue();
    int before = server.accepted();
    assertThat(periodic(known, known).generation()).isEqualTo(7);
    assertThat(server.accepted()).as("nothing has changed").isEqualTo(before + 1);
    assertThat(periodic(known, now).generation()).isEqualTo(7);
    assertThat(server.accepted()).as("probed again").isEqualTo(before + 3);
  }

  private ProbeOutcome periodic(Connection known, Connection now) {
    ConnectionSource connections =
        new ConnectionSource() {
          @Override
          public Connection read(ResourceRef resource) {
            return now;
          }

          @Override
          public Connection known(ResourceRef resource) {
            return known;
          }
        };
    return new JdbcProbeActivities(prober, connections, sealer, POLICY, LOGINS)
        .probe(new ProbeRequest(REQUEST.resource(), null, true, null));
  }

  @Test
  void aGoneResourceIsNotProbed() {
    assertThat(probe(new Connection.Gone())).isEqualTo(new ProbeOutcome(true, 0, null, POLICY));
  }

  @Test
  void aResourceMadeAgainUnderTheNameIsAnotherConnection() {
    Connection.Said said = new Connection.Said(1, "new", null, null);
    Connection again = new Connection.Found(target(), Targets.NOBODY, said);
    JdbcProbeActivities activities =
        new JdbcProbeActivities(prober, resource -> again, sealer, POLICY, LOGINS);
    int before = server.accepted();

    for (boolean periodic : new boolean[] {true, false}) {
      assertThat(activities.probe(new ProbeRequest(REQUEST.resource(), "old", periodic, null)))
          .isEqualTo(new ProbeOutcome(true, 0, null, POLICY));
    }
    assertThat(server.accepted()).as("nobody probed it").isEqualTo(before);

    assertThat(activities.probe(new ProbeRequest(REQUEST.resource(), "new", false, null)).gone())
        .isFalse();
  }

  @Test
  void anUnusableResourceIsAFailedProbe() {
    ConnectionError error =
        new ConnectionError(ErrorKind.CONFIGURATION, "The Secret is missing.", "Create it.");

    ProbeOutcome outcome = probe(new Connection.Unusable(error, 3, "digest"));

    assertThat(outcome.generation()).isEqualTo(3);
    assertThat(Targets.error(Objects.requireNonNull(outcome.diagnosis()))).isEqualTo(error);
  }

  @Test
  void whatIsSetAsideIsNotProbed() {
    assertThat(probe(new Connection.SetAside(4, "digest")))
        .isEqualTo(new ProbeOutcome(false, 4, null, POLICY, true, "digest"));
  }

  @Test
  void aCandidateIsProbedWithWhatIsGivenOverWhatIsSaved() throws Exception {
    assertThat(candidate(sealer.seal(new CredentialChange(null, "p"), SCOPE.tenantId(), "id")))
        .isEqualTo("saved/p");
    assertThat(candidate(null)).isEqualTo("saved/saved");
    assertThat(candidate(sealer.seal(new Credentials("u", "p"), SCOPE.tenantId(), "id")))
        .isEqualTo("not asked");
    assertThatThrownBy(
            () -> candidate(sealer.seal(new Credentials("u", "p"), SCOPE.tenantId(), "other")))
        .satisfies(thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.UNSEALABLE));
  }

  @Test
  void aHalfOfNothingIsNotEnough() {
    JdbcCandidateProbes probes =
        new JdbcCandidateProbes(prober, (database, secret, change) -> Targets.NOBODY, sealer);

    assertThatThrownBy(() -> probes.probeCandidate(new CandidateProbe(definition(), null, null)))
        .satisfies(
            thrown ->
                assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.CREDENTIALS_NEEDED));
  }

  /** What the Secret's credentials became, if they were asked for. */
  private String candidate(@Nullable SealedCredentials change) {
    AtomicReference<String> used = new AtomicReference<>("not asked");
    JdbcCandidateProbes probes =
        new JdbcCandidateProbes(
            prober,
            (database, secret, given) -> {
              Credentials next = given.onto(new Credentials("saved", "saved"));
              used.set(next.username() + "/" + next.password());
              return next;
            },
            sealer);
    CandidateProbe request =
        new CandidateProbe(definition(), new ResourceRef("dbhub", "db-creds"), change);

    assertThat(Targets.error(probes.probeCandidate(request)).kind())
        .isEqualTo(ErrorKind.AUTHENTICATION);
    return used.get();
  }

  private DatabaseDefinition definition() {
    return new DatabaseDefinition(
        "id",
        SCOPE,
        "ada",
        "Orders",
        target(),
        new AccessPolicy(true, 1000),
        Map.of(),
        "",
        "",
        true);
  }

  @Test
  void aTestOfAFileLooksIntoTheTenantsFolderAlone(@TempDir Path files) throws Exception {
    String name = "sub/shop.db";
    Files.createDirectories(files.resolve("sub"));
    Path mine = Files.createDirectories(files.resolve("acme/sub"));
    new JDBC().connect("jdbc:sqlite:" + files.resolve(name), new Properties()).close();
    ProbeSettings settings =
        new ProbeSettings(
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            1,
            false,
            List.of(),
            Optional.of(files),
            Optional.empty());
    TestRequest request =
        new TestRequest(
            "test-id",
            SCOPE,
            new Target(DatabaseType.SQLITE, "", 0, name, SslMode.DISABLE, 5, 5),
            sealer.seal(new Credentials("", ""), SCOPE.tenantId(), "test-id"));
    try (TargetProber own = new TargetProber(settings)) {
      JdbcProbeActivities activities =
          new JdbcProbeActivities(own, resource -> new Connection.Gone(), sealer, POLICY, LOGINS);

      assertThat(Targets.error(activities.test(request)).message())
          .isEqualTo("There is no SQLite file \"sub/shop.db\".");

      Files.move(files.resolve(name), mine.resolve("shop.db"));
      assertThat(activities.test(request).reachable()).isTrue();
    }
  }

  @Test
  void aTestOpensTheCredentialsSealedForIt() {
    SealedCredentials sealed = sealer.seal(new Credentials("u", "p"), SCOPE.tenantId(), "test-id");
    JdbcProbeActivities activities =
        new JdbcProbeActivities(prober, resource -> new Connection.Gone(), sealer, POLICY, LOGINS);

    assertThat(
            Targets.error(activities.test(new TestRequest("test-id", SCOPE, target(), sealed)))
                .kind())
        .isEqualTo(ErrorKind.AUTHENTICATION);
    assertThatThrownBy(() -> activities.test(new TestRequest("other-id", SCOPE, target(), sealed)))
        .satisfies(thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.UNSEALABLE));
  }
}
