package io.tas.dbhub.api.history;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.tas.dbhub.core.audit.AskedQuery;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.storage.journal.JournalQueue;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes queries that ended into the history and the audit. A query does not wait for that: they are
 * written together, a fifth of a second later. While the journal is down they wait in memory; where
 * that gets too much the texts are left out first ({@code history.without_text}), and only then
 * queries are lost ({@code history.lost}). An orderly stop writes what waits. Thread-safe.
 */
public final class QueryHistory implements Managed {
  /** In characters, of which most take a byte. */
  private static final long MOST = 32_000_000;

  /** What a query takes beside its text. */
  private static final long OVERHEAD = 1_000;

  private static final int AT_ONCE = 200;
  private static final Duration GATHER = Duration.ofMillis(200);

  private final JournalQueue<QueryRecord> queue;
  private final Counter withoutText;

  /**
   * @param journal writes all of a list or throws {@link JournalUnavailableException}
   */
  public QueryHistory(Consumer<List<QueryRecord>> journal, MetricRegistry metrics) {
    this(journal, MOST, metrics);
  }

  QueryHistory(Consumer<List<QueryRecord>> journal, long most, MetricRegistry metrics) {
    this.queue =
        new JournalQueue<>(
            "history",
            journal,
            new JournalQueue.Room<>(QueryHistory::weight, most, AT_ONCE, GATHER),
            QueryHistory::inLog,
            metrics);
    this.withoutText = metrics.counter("history.without_text");
  }

  /** Never waits. What is offered twice is one. */
  public void offer(QueryRecord query) {
    if (queue.tryOffer(query)) {
      return;
    }
    if (query.asked().text() != null) {
      withoutText.inc();
    }
    queue.offer(query.withoutText());
  }

  @Override
  public void start() {
    queue.start();
  }

  @Override
  public void stop() throws InterruptedException {
    queue.stop();
  }

  private static long weight(QueryRecord query) {
    String text = query.asked().text();
    return OVERHEAD + query.error().length() + (text == null ? 0 : text.length());
  }

  private static String inLog(QueryRecord query) {
    AskedQuery asked = query.asked();
    return "query %s, %s, of %s by %s of %s, sha256:%s"
        .formatted(
            asked.id(),
            query.outcome().wireName(),
            asked.databaseId(),
            JournalQueue.printable(asked.actor()),
            asked.scope().tenantId(),
            asked.sha256());
  }
}
