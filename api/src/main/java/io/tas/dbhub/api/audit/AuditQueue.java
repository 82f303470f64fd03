package io.tas.dbhub.api.audit;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries on their way into the journal. Nobody who is answered waits for it: a thread of its own
 * writes, and goes on trying while the journal is down. What finds no room meanwhile, or is left
 * when the API stops, is logged and counted: {@code audit.lost}.
 */
public final class AuditQueue implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(AuditQueue.class);
  private static final int AT_ONCE = 100;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration TO_FINISH = Duration.ofSeconds(6);

  private final BlockingQueue<AuditEntry> waiting;
  private final Consumer<List<AuditEntry>> journal;
  private final Counter lost;
  private final Thread writer = new Thread(this::write, "audit");
  private volatile boolean stopping;

  /**
   * @param journal writes all of a list or throws {@link JournalUnavailableException}
   * @param capacity how many entries wait at most
   */
  public AuditQueue(Consumer<List<AuditEntry>> journal, int capacity, MetricRegistry metrics) {
    this.journal = journal;
    this.waiting = new ArrayBlockingQueue<>(capacity);
    this.lost = metrics.counter("audit.lost");
    metrics.registerGauge("audit.waiting", waiting::size);
    writer.setDaemon(true);
  }

  /** Never waits. */
  public void offer(AuditEntry entry) {
    if (stopping || !waiting.offer(entry)) {
      lose(List.of(entry));
    }
  }

  @Override
  public void start() {
    writer.start();
  }

  @Override
  public void stop() throws InterruptedException {
    stopping = true;
    writer.interrupt();
    writer.join(TO_FINISH.toMillis());
    List<AuditEntry> left = new ArrayList<>();
    waiting.drainTo(left);
    lose(left);
  }

  private void write() {
    List<AuditEntry> batch = new ArrayList<>();
    try {
      while (!stopping) {
        batch.add(waiting.take());
        waiting.drainTo(batch, AT_ONCE - 1);
        deliver(batch);
        batch.clear();
      }
    } catch (InterruptedException stopped) {
      // What is left gets one more chance, without waiting for a journal that is down.
    }
    waiting.drainTo(batch);
    if (!batch.isEmpty() && !delivered(batch)) {
      lose(batch);
    }
  }

  private void deliver(List<AuditEntry> batch) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!delivered(batch)) {
      Thread.sleep(pause.toMillis());
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private boolean delivered(List<AuditEntry> batch) {
    try {
      journal.accept(List.copyOf(batch));
      return true;
    } catch (JournalUnavailableException down) {
      LOG.warn("the journal is down; {} entries wait", batch.size() + waiting.size());
      return false;
    } catch (RuntimeException unforeseen) {
      LOG.error("entries that cannot be written", unforeseen);
      lose(batch);
      return true;
    }
  }

  private void lose(List<AuditEntry> entries) {
    lost.inc(entries.size());
    entries.forEach(
        entry ->
            LOG.error(
                "not in the journal: {} {} of {} by {} of {}",
                entry.outcome().wireName(),
                entry.action(),
                entry.objectId(),
                printable(entry.actor()),
                entry.scope().tenantId()));
  }

  /** A subject is the issuer's text, not ours. */
  private static String printable(String text) {
    return text.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
