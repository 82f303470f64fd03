package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.HealthState;
import io.tas.dbhub.core.health.QuietCheck;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdbcQuietChecksTest {
  private static final HealthPolicy POLICY = HealthPolicy.defaults();
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String FILE = "shop.db";

  @TempDir private Path folder;
  private TargetProber prober;
  private final List<HealthReport> written = new ArrayList<>();
  private Connection connection =
      new Connection.Found(
          new Target(DatabaseType.SQLITE, "", 0, FILE, SslMode.DISABLE, 5, 5),
          Targets.NOBODY,
          7,
          "digest");

  @BeforeEach
  void start() throws Exception {
    Files.createFile(folder.resolve(FILE));
    Duration deadline = Duration.ofSeconds(10);
    prober =
        new TargetProber(
            new ProbeSettings(
                deadline,
                deadline,
                deadline,
                4,
                false,
                List.of(),
                Optional.of(folder),
                Optional.empty()));
  }

  @AfterEach
  void stop() {
    prober.close();
  }

  private JdbcQuietChecks checks(int atOnce) {
    return new JdbcQuietChecks(
        prober,
        resource -> connection,
        POLICY,
        new LoginLook(Duration.ofHours(1), Clock.systemUTC()),
        written::add,
        atOnce);
  }

  private static QuietCheck check(HealthPolicy policy) {
    return new QuietCheck(
        new ResourceRef("dbhub", "db-1234abcd"),
        new DatabaseRef("1234abcd", new Scope("acme", "sales")),
        HealthState.unknown().found(DatabaseStatus.CONNECTED, "", 0, 3, 7),
        policy,
        NOW);
  }

  private boolean worksStill() {
    return checks(1).worksStill(check(POLICY));
  }

  @Test
  void thatADatabaseWorksStillIsWrittenDown() {
    assertThat(worksStill()).isTrue();

    assertThat(written).hasSize(1);
    HealthReport report = written.get(0);
    assertThat(report.status()).isEqualTo(DatabaseStatus.CONNECTED);
    assertThat(report.checkedAt()).isEqualTo(NOW);
    assertThat(report.digest()).as("compared with the node's").isEqualTo("digest");
    assertThat(report.unchanged()).isTrue();
    assertThat(Objects.requireNonNull(report.probed()).reachable()).isTrue();
  }

  @Test
  void whatDoesNotAnswerIsLeftToAnOrdinaryCheck() throws Exception {
    Files.delete(folder.resolve(FILE));

    assertThat(worksStill()).isFalse();
    assertThat(written).isEmpty();
  }

  @Test
  void whatIsNotAsItWasIsLeftToAnOrdinaryCheck() {
    Connection before = connection;
    for (Connection other :
        List.of(
            new Connection.Gone(),
            new Connection.SetAside(7, "digest"),
            new Connection.Found(
                ((Connection.Found) before).target(), Targets.NOBODY, 8, "digest"))) {
      connection = other;
      assertThat(worksStill()).as(other.toString()).isFalse();
    }
    connection = before;
    HealthPolicy another =
        new HealthPolicy(
            POLICY.interval().plusSeconds(1),
            POLICY.retryInterval(),
            POLICY.jitter(),
            POLICY.failuresToFailed(),
            POLICY.successesToConnected(),
            POLICY.slowAfter(),
            POLICY.statusRefresh());
    assertThat(checks(1).worksStill(check(another))).as("how to go on has changed").isFalse();
    assertThat(written).isEmpty();
  }

  @Test
  void oneTooManyAtATimeDoesNotWait() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean();
    JdbcQuietChecks checks =
        new JdbcQuietChecks(
            prober,
            resource -> {
              inside.countDown();
              try {
                leave.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return connection;
            },
            POLICY,
            new LoginLook(Duration.ofHours(1), Clock.systemUTC()),
            written::add,
            1);
    Thread busy = new Thread(() -> first.set(checks.worksStill(check(POLICY))));
    busy.start();
    inside.await();

    assertThat(checks.worksStill(check(POLICY))).isFalse();

    leave.countDown();
    busy.join();
    assertThat(first).isTrue();
    assertThat(checks.worksStill(check(POLICY))).as("there is room again").isTrue();
  }
}
