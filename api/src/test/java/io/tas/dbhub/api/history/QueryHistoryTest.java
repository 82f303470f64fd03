package io.tas.dbhub.api.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import io.tas.dbhub.core.audit.AskedQuery;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import io.tas.dbhub.storage.journal.QueryFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The time limit is there so that a test cannot hang; it is far above what is expected. */
@Timeout(120)
class QueryHistoryTest {
  private static final Scope SCOPE = new Scope("acme", "main");

  private final MetricRegistry metrics = new MetricRegistry();
  private final Collection<QueryRecord> written = new ConcurrentLinkedQueue<>();

  @TempDir private Path directory;

  @Test
  void nothingIsLostOnAnOrderlyStop() throws Exception {
    try (Journal journal = Journal.open("jdbc:sqlite:" + directory.resolve("j.db"), "", "")) {
      journal.migrate();
      QueryHistory history = new QueryHistory(journal.queries()::append, metrics);
      history.start();
      List<QueryRecord> asked = new ArrayList<>();
      for (int i = 0; i < 1_234; i++) {
        asked.add(query("SELECT " + i));
        history.offer(asked.get(i));
      }
      history.stop();

      List<QueryRecord> found = new ArrayList<>();
      String cursor = null;
      do {
        var page = journal.queries().list(QueryFilter.of(SCOPE, "ada", 100).after(cursor));
        page.queries().forEach(past -> found.add(past.query()));
        cursor = page.nextCursor();
      } while (cursor != null);
      assertThat(found).containsExactlyInAnyOrderElementsOf(asked);
      assertThat(lost()).isZero();
    }
  }

  @Test
  void manyAreWrittenTogether() throws Exception {
    AtomicInteger writes = new AtomicInteger();
    QueryHistory history =
        new QueryHistory(
            batch -> {
              writes.incrementAndGet();
              written.addAll(batch);
            },
            metrics);
    for (int i = 0; i < 1_000; i++) {
      history.offer(query("SELECT " + i));
    }
    history.start();
    await().until(() -> written.size() == 1_000);

    assertThat(writes.get()).isEqualTo(5);
    history.stop();
  }

  @Test
  void aJournalThatHangsOrIsDownSlowsNoQuery() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    AtomicBoolean down = new AtomicBoolean(true);
    QueryHistory history =
        new QueryHistory(
            batch -> {
              try {
                hanging.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              if (down.getAndSet(false)) {
                throw new JournalUnavailableException(new IOException("gone"));
              }
              written.addAll(batch);
            },
            metrics);
    history.start();
    // Not one of these waits: nothing lets the journal go on before they are through.
    List<QueryRecord> asked = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      asked.add(query("SELECT " + i));
      history.offer(asked.get(i));
    }
    hanging.countDown();
    history.stop();

    assertThat(written).containsExactlyInAnyOrderElementsOf(asked);
    assertThat(lost()).isZero();
  }

  @Test
  void whereTooMuchWaitsTextsGoBeforeQueriesDo() throws Exception {
    QueryHistory history = new QueryHistory(written::addAll, 13_500, metrics);
    QueryRecord endless = query("x".repeat(11_000));
    history.offer(endless);
    history.offer(endless);
    history.offer(query("SELECT 1"));
    history.start();
    history.stop();

    assertThat(written).containsExactly(endless, endless.withoutText());
    assertThat(metrics.counter("history.without_text").getCount()).isEqualTo(2);
    assertThat(lost()).isEqualTo(1);
  }

  @Test
  void whatIsWrittenMakesRoomAgain() throws Exception {
    QueryHistory history = new QueryHistory(written::addAll, 5_000, metrics);
    history.start();
    for (int i = 1; i <= 10; i++) {
      int all = i;
      history.offer(query("x".repeat(3_000)));
      await().until(() -> written.size() == all);
    }
    history.stop();

    assertThat(lost()).isZero();
    assertThat(written).allSatisfy(query -> assertThat(query.asked().text()).isNotNull());
  }

  @Test
  void oneThatCannotBeWrittenDoesNotTakeOthersWithIt() throws Exception {
    QueryHistory history =
        new QueryHistory(
            batch -> {
              if (batch.stream().anyMatch(query -> "poison".equals(query.asked().text()))) {
                throw new IllegalArgumentException("cannot be");
              }
              written.addAll(batch);
            },
            metrics);
    history.offer(query("SELECT 1"));
    history.offer(query("poison"));
    history.offer(query("SELECT 2"));
    history.start();
    history.stop();

    assertThat(written)
        .extracting(query -> query.asked().text())
        .containsExactly("SELECT 1", "SELECT 2");
    assertThat(lost()).isEqualTo(1);
  }

  @Test
  void whatComesAfterTheStopIsCountedAsLost() throws Exception {
    QueryHistory history = new QueryHistory(written::addAll, metrics);
    history.start();
    history.stop();
    history.offer(query("SELECT 1"));

    assertThat(lost()).isEqualTo(1);
  }

  private long lost() {
    return metrics.counter("history.lost").getCount();
  }

  private static QueryRecord query(String text) {
    return AskedQuery.of(
            UUID.randomUUID().toString(),
            SCOPE,
            "ada",
            "127.0.0.1",
            QueryChannel.MCP,
            UUID.randomUUID().toString(),
            "orders",
            text,
            Instant.parse("2026-05-05T12:00:00.123Z"))
        .ended(QueryOutcome.SUCCEEDED, 1, 1, false, "");
  }
}
