package io.tas.dbhub.worker.informer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is not told yet: one notice for each workflow, however often something changes, so that a
 * long outage of Temporal costs no memory and ends in one signal each. Threads of its own tell, so
 * that a slow Temporal never holds up a watch; no workflow is told by two at a time. Thread-safe.
 */
final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final int TELLERS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Teller teller;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Pending pending = new Pending();
  private final List<Thread> threads;
  private boolean closed;

  /** Tells workflows; throws when one could not be told. */
  @FunctionalInterface
  interface Teller {
    void tell(Notice notice);

    /** Tells of many new connections at once. */
    default void tellNew(List<Notice.ConnectionNew> connections) {
      connections.forEach(this::tell);
    }
  }

  Notices(Teller teller) {
    this.teller = teller;
    this.threads =
        IntStream.rangeClosed(1, TELLERS)
            .mapToObj(number -> new Thread(this::run, "dbhub-notices-" + number))
            .toList();
    this.threads.forEach(thread -> thread.setDaemon(true));
  }

  void start() {
    threads.forEach(Thread::start);
  }

  void add(List<Notice> notices) {
    if (notices.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      notices.forEach(notice -> pending.put(notice, System.nanoTime()));
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (true) {
        List<Notice> next = take();
        if (next.isEmpty()) {
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

  /** What to tell next; nothing when this is closed. */
  private List<Notice> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        List<Notice> next = pending.next(System.nanoTime());
        if (!next.isEmpty()) {
          return next;
        }
        long wait = pending.nanosToNext(System.nanoTime());
        if (wait == Long.MAX_VALUE) {
          news.await();
        } else if (wait > 0) {
          long unused = news.awaitNanos(wait);
        }
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /** On failure it goes to the end of the line, so that one bad notice holds up no other. */
  private boolean told(List<Notice> notices) {
    boolean done = false;
    try {
      if (notices.size() == 1) {
        teller.tell(notices.get(0));
      } else {
        teller.tellNew(notices.stream().map(Notice.ConnectionNew.class::cast).toList());
      }
      done = true;
    } catch (RuntimeException e) {
      LOG.warn("{} could not be told, it will be: {}", notices.get(0).workflowId(), e.toString());
    } finally {
      lock.lock();
      try {
        pending.tried(notices, done, System.nanoTime());
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }
    return done;
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
    threads.forEach(Thread::interrupt);
  }
}
