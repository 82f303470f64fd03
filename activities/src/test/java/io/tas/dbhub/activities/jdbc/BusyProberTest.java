package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the worker itself has no time for is never held against a target. */
final class BusyProberTest {
  private static void assertBusy(ThrowingCallable probing) {
    assertThatThrownBy(probing)
        .satisfies(thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.BUSY));
  }

  private static ProbeSettings oneAtATime() {
    return new ProbeSettings(
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        1,
        true,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aProbeThatGetsNoSlotIsAFailureAndNoFinding() throws Exception {
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try (FakeServer silent = new FakeServer((client, over) -> over.await());
        TargetProber prober = new TargetProber(oneAtATime())) {
      Target patient = Targets.at(DatabaseType.POSTGRES, silent.port(), SslMode.DISABLE);
      Target hasty =
          new Target(patient.type(), patient.host(), patient.port(), "shop", SslMode.DISABLE, 1, 0);
      Future<Diagnosis> hanging = caller.submit(() -> prober.probe(patient, Targets.NOBODY));
      await().until(() -> prober.running() == 1);

      assertBusy(() -> prober.probe(hasty, Targets.NOBODY));
      hanging.cancel(true);
    } finally {
      caller.shutdownNow();
    }
  }

  @Test
  void aProbeGivenUpBeforeItBeganGivesItsSlotBack() {
    Target file = new Target(DatabaseType.SQLITE, "", 0, "shop.db", SslMode.DISABLE, 1, 1);
    try (TargetProber prober = new TargetProber(Targets.local(Duration.ofNanos(1)))) {
      for (int i = 0; i < 50; i++) {
        prober.probe(file, Targets.NOBODY);
      }
      await().until(() -> prober.running() == 0);
    }
  }

  @Test
  void aProberThatIsClosedBeginsNothingAndKeepsNoSlot() {
    TargetProber prober = new TargetProber(Targets.local());
    prober.close();

    assertBusy(
        () -> prober.probe(Targets.at(DatabaseType.MYSQL, 1, SslMode.DISABLE), Targets.NOBODY));
    assertThat(prober.running()).isZero();
  }
}
