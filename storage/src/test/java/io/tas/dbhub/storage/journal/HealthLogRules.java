package io.tas.dbhub.storage.journal;

import static io.tas.dbhub.core.model.DatabaseStatus.CONNECTED;
import static io.tas.dbhub.core.model.DatabaseStatus.DEGRADED;
import static io.tas.dbhub.core.model.DatabaseStatus.FAILED;
import static io.tas.dbhub.core.model.DatabaseStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.health.HealthSample;
import io.tas.dbhub.core.health.LatencyHistogram;
import io.tas.dbhub.core.health.ProbeFigures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of the history of health in whichever database it is kept. */
abstract class HealthLogRules {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final DatabaseRef database = database("space");
  private Journal journal;
  private HealthLog log;

  /** Of a database that is empty before each test. */
  abstract String url();

  String username() {
    return "";
  }

  @BeforeEach
  void openJournal() {
    journal = Journal.open(url(), username(), "", PATIENCE);
    journal.migrate();
    log = journal.health();
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  @Test
  void checksAreAddedUpByTheHour() {
    log.append(
        List.of(
            ok(database, NOON, 3),
            ok(database, NOON.plusSeconds(300), 40),
            failed(database, NOON.plusSeconds(600)),
            ok(database, NOON.plusSeconds(3600), 5)));
    log.append(List.of(ok(database, NOON.plusSeconds(900), 3)));

    List<HealthHour> hours = log.hours(day(database));
    assertThat(hours).extracting(HealthHour::hour).containsExactly(NOON, NOON.plusSeconds(3600));
    HealthHour first = hours.get(0);
    assertThat(first.checks()).isEqualTo(4);
    assertThat(first.failures()).isEqualTo(1);
    assertThat(first.latencies())
        .isEqualTo(
            LatencyHistogram.of(3).plus(LatencyHistogram.of(3)).plus(LatencyHistogram.of(40)));
    assertThat(hours.get(1).checks()).isEqualTo(1);
  }

  @Test
  void everyChangeIsThereOnceAndWhatStaysIsNone() {
    log.append(
        List.of(
            ok(database, NOON, 1),
            ok(database, NOON.plusSeconds(1), 1),
            failed(database, NOON.plusSeconds(2)),
            failed(database, NOON.plusSeconds(3))));
    log.append(List.of(ok(database, NOON.plusSeconds(4), 1), ok(database, NOON.plusSeconds(5), 1)));

    assertThat(changes(day(database)))
        .containsExactly(
            new HealthChange(NOON.plusSeconds(4), FAILED, CONNECTED, "Connected", ""),
            new HealthChange(
                NOON.plusSeconds(2), CONNECTED, FAILED, "Authentication", "it was refused"),
            new HealthChange(NOON, null, CONNECTED, "Connected", ""));
  }

  @Test
  void whatIsDeliveredTwiceCountsOnce() {
    List<HealthSample> samples =
        List.of(ok(database, NOON, 1), failed(database, NOON.plusSeconds(1)));
    log.append(samples);
    log.append(samples);
    log.append(List.of(samples.get(1), samples.get(1)));

    assertThat(log.hours(day(database)))
        .singleElement()
        .satisfies(hour -> assertThat(hour.checks()).isEqualTo(2));
    assertThat(changes(day(database))).hasSize(2);
  }

  @Test
  void whatIsOlderThanTheLastChangesNothing() {
    log.append(List.of(ok(database, NOON.plusSeconds(10), 1)));
    log.append(List.of(failed(database, NOON)));

    assertThat(changes(day(database))).extracting(HealthChange::to).containsExactly(CONNECTED);
  }

  @Test
  void aChangeWithoutAProbeIsNoCheck() {
    log.append(List.of(ok(database, NOON, 1)));
    log.append(
        List.of(
            new HealthSample(
                database, NOON.plusSeconds(5), PENDING, "Paused", "Paused: not probed.", null)));

    assertThat(log.hours(day(database)).get(0).checks()).isEqualTo(1);
    assertThat(changes(day(database))).first().returns("Paused", HealthChange::reason);
  }

  @Test
  void anotherTenantAndAnotherSpaceNeverSeeIt() {
    log.append(List.of(ok(database, NOON, 1)));
    Scope scope = database.scope();
    for (Scope foreign :
        List.of(new Scope("other", scope.spaceId()), new Scope(scope.tenantId(), "other"))) {
      HealthPeriod period = day(new DatabaseRef(database.id(), foreign));
      assertThat(log.hours(period)).isEmpty();
      assertThat(changes(period)).isEmpty();
      assertThat(log.times(period)).isEmpty();
    }
  }

  @Test
  void timesFollowTheChangesAlsoThoseBeforeThePeriod() {
    log.append(
        List.of(
            ok(database, NOON, 1),
            failed(database, NOON.plusSeconds(60)),
            ok(database, NOON.plusSeconds(90), 1)));

    assertThat(times(NOON.minusSeconds(50), NOON.plusSeconds(100)))
        .isEqualTo(Map.of(CONNECTED, Duration.ofSeconds(70), FAILED, Duration.ofSeconds(30)));
    assertThat(times(NOON.plusSeconds(10), NOON.plusSeconds(20)))
        .isEqualTo(Map.of(CONNECTED, Duration.ofSeconds(10)));
    assertThat(times(NOON.plusSeconds(70), NOON.plusSeconds(80)))
        .isEqualTo(Map.of(FAILED, Duration.ofSeconds(10)));
    assertThat(times(NOON.minusSeconds(50), NOON)).isEmpty();
    assertThat(times(Instant.MIN, Instant.MIN)).isEmpty();
  }

  @Test
  void timesAreKnownThoughTheChangesAreForgotten() {
    log.append(List.of(ok(database, NOON, 1), failed(database, NOON.plusSeconds(60))));
    assertThat(log.forgetChanges(NOON.plusSeconds(1), 10)).isEqualTo(1);
    assertThat(times(NOON, NOON.plusSeconds(100)))
        .isEqualTo(Map.of(CONNECTED, Duration.ofSeconds(60), FAILED, Duration.ofSeconds(40)));

    assertThat(log.forgetChanges(NOON.plusSeconds(61), 10)).isEqualTo(1);
    assertThat(times(NOON.plusSeconds(70), NOON.plusSeconds(100)))
        .isEqualTo(Map.of(FAILED, Duration.ofSeconds(30)));
    // Nor is what stayed a change.
    log.append(List.of(failed(database, NOON.plusSeconds(120))));
    assertThat(changes(day(database))).isEmpty();
  }

  @Test
  void pagesOfChangesAreComplete() {
    List<HealthSample> samples = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Instant at = NOON.plusMillis(i);
      samples.add(i % 2 == 0 ? ok(database, at, 1) : failed(database, at));
    }
    log.append(samples);

    List<Instant> seen = new ArrayList<>();
    String cursor = null;
    do {
      HealthChangePage page = log.changes(day(database), 7, cursor);
      page.changes().forEach(change -> seen.add(change.at()));
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThatThrownBy(() -> log.changes(day(database), 7, "forged"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hostileTextAndTimesAreStillWrittenDown() {
    String hostile = "'; DROP TABLE health_hours; --\0\uD83D" + "x".repeat(100_000);
    log.append(
        List.of(
            new HealthSample(
                database, NOON, DEGRADED, hostile, hostile, new ProbeFigures(true, -1)),
            new HealthSample(
                database,
                NOON.plusMillis(1),
                FAILED,
                "",
                "",
                new ProbeFigures(true, Long.MAX_VALUE))));

    assertThat(changes(new HealthPeriod(database, Instant.MIN, Instant.MAX)))
        .last()
        .satisfies(change -> assertThat(change.message()).startsWith("'; DROP").contains("--?"));
    assertThat(log.hours(new HealthPeriod(database, Instant.MIN, Instant.MAX)))
        .singleElement()
        .satisfies(hour -> assertThat(hour.checks()).isEqualTo(2));
  }

  @Test
  void theOldestAreForgottenInSmallParts() {
    DatabaseRef other = database("other");
    for (int i = 0; i < 5; i++) {
      log.append(List.of(ok(database, NOON.minusSeconds(3600 * i + 1), 1), ok(other, NOON, 1)));
    }
    assertThat(log.forgetHours(NOON, 3)).isEqualTo(3);
    assertThat(log.forgetHours(NOON, 3)).isEqualTo(2);
    assertThat(log.forgetHours(NOON, 3)).isZero();
    assertThat(log.hours(day(other))).hasSize(1);

    assertThat(log.forgetDatabases(NOON, 3)).isEqualTo(1);
    assertThat(log.forgetDatabases(NOON, 3)).isZero();
  }

  @Test
  void severalMayWriteTheSameAtOnce() throws Exception {
    List<HealthSample> samples = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      DatabaseRef one = new DatabaseRef(UUID.randomUUID().toString(), database.scope());
      samples.add(ok(one, NOON, 1));
      samples.add(failed(one, NOON.plusSeconds(1)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> write =
          () -> {
            log.append(samples);
            return true;
          };
      for (Future<Boolean> done : threads.invokeAll(List.of(write, write, write, write))) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
    for (HealthSample sample : samples) {
      assertThat(log.hours(day(sample.database())))
          .singleElement()
          .satisfies(hour -> assertThat(hour.checks()).isEqualTo(2));
      assertThat(changes(day(sample.database()))).hasSize(2);
    }
  }

  private Map<DatabaseStatus, Duration> times(Instant from, Instant to) {
    return log.times(new HealthPeriod(database, from, to));
  }

  private List<HealthChange> changes(HealthPeriod period) {
    return log.changes(period, 100, null).changes();
  }

  private static HealthPeriod day(DatabaseRef database) {
    return new HealthPeriod(
        database, NOON.minus(Duration.ofHours(12)), NOON.plus(Duration.ofHours(12)));
  }

  private static DatabaseRef database(String space) {
    return new DatabaseRef(
        UUID.randomUUID().toString(), new Scope("tenant-" + UUID.randomUUID(), space));
  }

  private static HealthSample ok(DatabaseRef database, Instant at, long millis) {
    return new HealthSample(
        database, at, CONNECTED, "Connected", "", new ProbeFigures(true, millis));
  }

  private static HealthSample failed(DatabaseRef database, Instant at) {
    return new HealthSample(
        database, at, FAILED, "Authentication", "it was refused", new ProbeFigures(false, 7));
  }
}
