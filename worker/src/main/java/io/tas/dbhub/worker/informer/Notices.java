package io.tas.dbhub.worker.informer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is not told yet: one notice for each workflow, however often something changes, so that a
 * long outage of Temporal costs no memory and ends in one signal each. A thread of its own tells,
 * so that a slow Temporal never holds up a watch. Thread-safe.
 */
final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Teller teller;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<String, Notice> pending = new LinkedHashMap<>();
  private final Thread thread;
  private boolean closed;

  /** Tells a workflow; throws when it could not be told. */
  @FunctionalInterface
  interface Teller {
    void tell(Notice notice);
  }

  Notices(Teller teller) {
    this.teller = teller;
    this.thread = new Thread(this::run, "dbhub-notices");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void add(List<Notice> notices) {
    if (notices.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      notices.forEach(this::put);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void put(Notice notice) {
    pending.merge(notice.workflowId(), notice, (earlier, later) -> later.after(earlier));
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (true) {
        Notice next = take();
        if (next == null) {
          return;
        }
        if (told(next)) {
          pause = FIRST_PAUSE;
        } else {
          TimeUnit.MILLISECONDS.sleep(pause.toMillis());
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Notice take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (pending.isEmpty() && !closed) {
        news.await();
      }
      if (closed) {
        return null;
      }
      String first = pending.keySet().iterator().next();
      return pending.remove(first);
    } finally {
      lock.unlock();
    }
  }

  /** On failure it goes to the end of the line, so that one bad notice holds up no other. */
  private boolean told(Notice notice) {
    try {
      teller.tell(notice);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("{} could not be told, it will be: {}", notice.workflowId(), e.toString());
      lock.lock();
      try {
        Notice newer = pending.remove(notice.workflowId());
        pending.put(notice.workflowId(), newer == null ? notice : newer.after(notice));
      } finally {
        lock.unlock();
      }
      return false;
    }
  }

  /** What is not told by now is found again at the next start. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }
}
