package io.tas.dbhub.worker.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.activities.jdbc.query.JsonLines;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final QuickClock clock = new QuickClock();
  private final Heartbeats heartbeats = new Heartbeats(clock);
  private final AtomicInteger abandoned = new AtomicInteger();

  @AfterEach
  void stop() {
    clock.shutdownNow();
  }

  @Test
  void aSilentAnswerGetsEmptyLinesUntilItEnds() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonLines lines = new JsonLines(out);
    try (Heartbeats.Beat beat = heartbeats.beat(lines, abandoned::incrementAndGet)) {
      assertThat(beat).isNotNull();
      await().atMost(PATIENCE).until(() -> out.size() > 2);
    }
    int rounds = clock.rounds();
    await().atMost(PATIENCE).until(() -> clock.rounds() > rounds + 1);
    lines.end(new ResultEnd(0, null));
    lines.close();

    assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8))
        .matches("\\n+\\{\"end\":\\{\"rows\":0}}\\n");
    assertThat(abandoned).hasValue(0);
  }

  @Test
  void anAnswerThatNobodyTakesIsAbandonedOnce() throws IOException {
    JsonLines lines = new JsonLines(new Gone());
    try (Heartbeats.Beat beat = heartbeats.beat(lines, abandoned::incrementAndGet)) {
      assertThat(beat).isNotNull();
      await().atMost(PATIENCE).until(() -> abandoned.get() > 0);
      int rounds = clock.rounds();
      await().atMost(PATIENCE).until(() -> clock.rounds() > rounds + 2);
    }
    assertThat(abandoned).hasValue(1);
  }

  @Test
  void oneThatTakesItsTimeKeepsNobodyElseWaiting() throws Exception {
    CountDownLatch taking = new CountDownLatch(1);
    CountDownLatch writes = new CountDownLatch(1);
    JsonLines slow = new JsonLines(new Slow(writes, taking));
    CompletableFuture<Void> row =
        CompletableFuture.runAsync(
            () -> {
              try {
                slow.row(json -> json.writeString("x".repeat(1_000_000)));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    try (Heartbeats.Beat first = heartbeats.beat(slow, () -> {});
        Heartbeats.Beat other =
            heartbeats.beat(new JsonLines(new Gone()), abandoned::incrementAndGet)) {
      assertThat(first).isNotSameAs(other);
      writes.await();
      int rounds = clock.rounds();
      await().atMost(PATIENCE).until(() -> clock.rounds() > rounds + 2 && abandoned.get() == 1);
      assertThat(row).isNotDone();
    } finally {
      taking.countDown();
    }
    row.join();
  }

  private static final class Gone extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      throw new IOException("the client has left");
    }
  }

  private static final class Slow extends OutputStream {
    private final CountDownLatch writes;
    private final CountDownLatch taking;

    Slow(CountDownLatch writes, CountDownLatch taking) {
      this.writes = writes;
      this.taking = taking;
    }

    @Override
    public void write(int one) throws IOException {
      writes.countDown();
      try {
        taking.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      write(0);
    }
  }
}
