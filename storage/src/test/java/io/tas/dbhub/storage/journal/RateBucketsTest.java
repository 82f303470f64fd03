package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateBucketsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int LIMIT = 40;

  private static TestPostgres server;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    server = new TestPostgres();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void empty() {
    server.empty();
  }

  @Test
  void twoProcessesOnOneServerGiveNoMoreThanOneWould() throws Exception {
    try (Journal one = open();
        Journal two = open()) {
      one.migrate();
      try (RateBuckets first = one.rateBuckets(PATIENCE).orElseThrow();
          RateBuckets second = two.rateBuckets(PATIENCE).orElseThrow()) {
        List<Callable<ConsumptionProbe>> calls = new ArrayList<>();
        for (int i = 0; i < 2 * LIMIT; i++) {
          RateBuckets buckets = i % 2 == 0 ? first : second;
          calls.add(() -> buckets.take("ada", fresh()));
        }
        List<ConsumptionProbe> answers = atOnce(calls);

        assertThat(answers).filteredOn(ConsumptionProbe::isConsumed).hasSize(LIMIT);
        assertThat(answers)
            .filteredOn(ConsumptionProbe::isConsumed)
            .extracting(ConsumptionProbe::getRemainingTokens)
            .doesNotHaveDuplicates();
        assertThat(second.take("eve", fresh()).isConsumed()).isTrue();
      }
    }
  }

  @Test
  void aBucketThatIsFullAgainIsForgotten() {
    try (Journal journal = open()) {
      journal.migrate();
      try (RateBuckets buckets = journal.rateBuckets(PATIENCE).orElseThrow()) {
        buckets.take("ada", fresh());
        assertThat(buckets.forget(10)).isZero();
      }
    }
  }

  @Test
  void withoutItsTableItIsUnavailable() {
    try (Journal journal = open();
        RateBuckets buckets = journal.rateBuckets(PATIENCE).orElseThrow()) {
      assertThatThrownBy(() -> buckets.take("ada", fresh()))
          .isInstanceOf(JournalUnavailableException.class);
    }
  }

  @Test
  void aFileIsSharedWithNobody() {
    try (Journal journal = Journal.open("jdbc:sqlite:" + directory.resolve("j.db"), "", "")) {
      assertThat(journal.rateBuckets(PATIENCE)).isEmpty();
    }
  }

  private static Journal open() {
    return Journal.open(server.url(), TestPostgres.USERNAME, "", PATIENCE);
  }

  private static BucketConfiguration fresh() {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(LIMIT).refillIntervally(LIMIT, Duration.ofHours(1)))
        .build();
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
