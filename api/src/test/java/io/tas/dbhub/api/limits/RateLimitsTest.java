package io.tas.dbhub.api.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.github.bucket4j.Bucket;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import io.tas.dbhub.storage.journal.RateBuckets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Scope SCOPE = new Scope("acme", "main");

  @Test
  void whoAskedAllOfAnHourIsToldWhenToComeBack() {
    RateLimits limits = alone(3);
    for (int left = 2; left >= 0; left--) {
      RateLimit limit = limits.take(SCOPE, "ada");
      assertThat(limit.headers())
          .containsEntry("RateLimit-Limit", "3")
          .containsEntry("RateLimit-Remaining", String.valueOf(left));
      assertThat(Long.parseLong(limit.headers().get("RateLimit-Reset"))).isBetween(3500L, 3600L);
    }

    assertThatThrownBy(() -> limits.take(new Scope("acme", "other"), "ada"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(FailureType.TOO_MANY_REQUESTS);
              assertThat(problem.suggestion()).contains("queries.perHour");
              assertThat(problem.headers())
                  .containsEntry("RateLimit-Limit", "3")
                  .containsEntry("RateLimit-Remaining", "0")
                  .containsEntry(
                      "RateLimit-Reset", String.valueOf(problem.retryAfter().toSeconds()));
            });
  }

  @Test
  void everyUserOfEveryTenantHasTheirOwn() {
    RateLimits limits = alone(1);
    limits.take(SCOPE, "ada");
    limits.take(SCOPE, "eve");
    limits.take(new Scope("other", "main"), "ada");

    assertThatThrownBy(() -> limits.take(SCOPE, "ada")).isInstanceOf(ProblemException.class);
  }

  @Test
  void withoutALimitNothingIsCountedOrTold() {
    RateLimits limits =
        new RateLimits(
            0,
            Optional.of(
                (key, fresh) -> {
                  throw new AssertionError("nobody asks");
                }),
            new MetricRegistry());
    for (int i = 0; i < 1_000; i++) {
      assertThat(limits.take(SCOPE, "ada").headers()).isEmpty();
    }
  }

  @Test
  void twoApisOnOneJournalGiveNoMoreThanOne() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Journal one = journal(server);
        Journal two = journal(server)) {
      one.migrate();
      try (RateBuckets first = one.rateBuckets(PATIENCE).orElseThrow();
          RateBuckets second = two.rateBuckets(PATIENCE).orElseThrow()) {
        int limit = 50;
        MetricRegistry metrics = new MetricRegistry();
        List<RateLimits> apis =
            List.of(
                new RateLimits(limit, Optional.of(first::take), metrics),
                new RateLimits(limit, Optional.of(second::take), metrics));
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 3 * limit; i++) {
          RateLimits api = apis.get(i % 2);
          calls.add(() -> taken(api));
        }

        assertThat(atOnce(calls)).filteredOn(taken -> taken).hasSize(limit);
        assertThat(metrics.counter("queries.counted_alone").getCount()).isZero();
        // Another limit begins anew.
        assertThat(taken(new RateLimits(limit + 1, Optional.of(first::take), metrics))).isTrue();
      }
    }
  }

  @Test
  void whileTheJournalIsDownEachCountsByItselfAndHardlyAnybodyWaitsForIt() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    RateLimits limits =
        new RateLimits(
            3,
            Optional.of(
                (key, fresh) -> {
                  asked.incrementAndGet();
                  throw new JournalUnavailableException(new IOException("gone"));
                }),
            new MetricRegistry());

    for (int i = 0; i < 3; i++) {
      limits.take(SCOPE, "ada");
    }
    assertThatThrownBy(() -> limits.take(SCOPE, "ada")).isInstanceOf(ProblemException.class);
    for (int i = 0; i < 1_000; i++) {
      limits.take(SCOPE, "user " + i);
    }

    // Once in ten seconds; a slow machine may need more than that for all of them.
    assertThat(asked.get()).isBetween(1, 100);
  }

  @Test
  void whenTheJournalIsBackAllCountTogetherAgain() {
    AtomicBoolean down = new AtomicBoolean(true);
    Bucket shared =
        Bucket.builder()
            .addLimit(limit -> limit.capacity(2).refillIntervally(2, Duration.ofHours(1)))
            .build();
    RateLimits limits =
        new RateLimits(
            2,
            Optional.of(
                (key, fresh) -> {
                  if (down.get()) {
                    throw new JournalUnavailableException(new IOException("gone"));
                  }
                  return shared.tryConsumeAndReturnRemaining(1);
                }),
            Duration.ZERO,
            new MetricRegistry());

    for (boolean isDown : new boolean[] {true, false}) {
      down.set(isDown);
      limits.take(SCOPE, "ada");
      limits.take(SCOPE, "ada");
      assertThat(taken(limits)).isFalse();
    }
  }

  private static boolean taken(RateLimits limits) {
    try {
      limits.take(SCOPE, "ada");
      return true;
    } catch (ProblemException usedUp) {
      return false;
    }
  }

  private static RateLimits alone(int perHour) {
    return new RateLimits(perHour, Optional.empty(), new MetricRegistry());
  }

  private static Journal journal(EmbeddedPostgres server) {
    return Journal.open(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "postgres", "");
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdown();
    }
  }
}
