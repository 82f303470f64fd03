package io.tas.dbhub.storage.journal;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines on their way into the journal. Nobody waits for it: a thread of its own writes, and goes on
 * trying while the journal is down. An orderly stop writes what waits. What finds no room
 * meanwhile, or cannot be written until the process has to stop, is logged and counted: {@code
 * <name>.lost}. Thread-safe.
 */
public final class JournalQueue<T> {
  private static final Logger LOG = LoggerFactory.getLogger(JournalQueue.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How long a stop tries to write what waits, and then waits for the last try. */
  private static final Duration TO_FINISH = Duration.ofSeconds(10);

  private static final Duration LAST_TRY = Duration.ofSeconds(6);

  private final String name;
  private final Consumer<List<T>> journal;
  private final Room<T> room;
  private final Function<T, String> inLog;
  private final Counter lost;
  private final Thread writer;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<T> waiting = new ArrayDeque<>();

  /** Of all that is not written yet, also of what is just being written. */
  private long weight;

  private boolean stopping;
  private long giveUpAt;

  /**
   * How much waits at most.
   *
   * @param weigher what one line takes of the room
   * @param most what all that waits may weigh
   * @param atOnce how many lines are written together at most
   * @param gather how long the first of them waits for others
   */
  public record Room<T>(ToLongFunction<T> weigher, long most, int atOnce, Duration gather) {}

  /**
   * @param name of the metrics and the thread
   * @param journal writes all of a list or throws {@link JournalUnavailableException}; what is
   *     delivered twice has to be one
   * @param inLog what the log says of a line that is lost; empty where it is enough to count it
   */
  public JournalQueue(
      String name,
      Consumer<List<T>> journal,
      Room<T> room,
      Function<T, String> inLog,
      MetricRegistry metrics) {
    this.name = name;
    this.journal = journal;
    this.room = room;
    this.inLog = inLog;
    this.lost = metrics.counter(name + ".lost");
    metrics.registerGauge(name + ".waiting", this::size);
    this.writer = new Thread(this::write, name);
    writer.setDaemon(true);
  }

  /** Never waits. */
  public void offer(T line) {
    if (!tryOffer(line)) {
      lose(List.of(line));
    }
  }

  /**
   * As {@link #offer}, but leaves it to the caller what becomes of a line that finds no room.
   *
   * @return whether it found room
   */
  public boolean tryOffer(T line) {
    long takes = room.weigher().applyAsLong(line);
    lock.lock();
    try {
      if (stopping || weight + takes > room.most()) {
        return false;
      }
      weight += takes;
      waiting.add(line);
      if (waiting.size() == 1 || waiting.size() == room.atOnce()) {
        changed.signalAll();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Begins to write. Once. */
  public void start() {
    writer.start();
  }

  /** Takes nothing more, and ends when all is written or it took too long. */
  public void stop() throws InterruptedException {
    lock.lock();
    try {
      stopping = true;
      giveUpAt = System.nanoTime() + TO_FINISH.toNanos();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    writer.join(TO_FINISH.plus(LAST_TRY).toMillis());
    lose(taken(Integer.MAX_VALUE));
  }

  private int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    try {
      for (List<T> batch = next(); !batch.isEmpty(); batch = next()) {
        deliver(batch);
        release(batch);
      }
    } catch (InterruptedException e) {
      LOG.error("{}: nobody may interrupt it", name, e);
    }
  }

  /** Waits for lines; none when it is to stop and has written all. */
  private List<T> next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !stopping) {
        changed.await();
      }
      long left = room.gather().toNanos();
      while (waiting.size() < room.atOnce() && !stopping && left > 0) {
        left = changed.awaitNanos(left);
      }
      return taken(room.atOnce());
    } finally {
      lock.unlock();
    }
  }

  private List<T> taken(int most) {
    lock.lock();
    try {
      List<T> batch = new ArrayList<>();
      while (batch.size() < most && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void release(List<T> batch) {
    long takes = batch.stream().mapToLong(room.weigher()).sum();
    lock.lock();
    try {
      weight -= takes;
    } finally {
      lock.unlock();
    }
  }

  private void deliver(List<T> batch) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!delivered(batch)) {
      if (!paused(pause)) {
        lose(batch);
        return;
      }
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  /** A stop ends a long pause. False when there is no time for another try. */
  private boolean paused(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (left > 0 && !stopping) {
        left = changed.awaitNanos(left);
      }
      if (!stopping) {
        return true;
      }
    } finally {
      lock.unlock();
    }
    TimeUnit.NANOSECONDS.sleep(FIRST_PAUSE.toNanos());
    return giveUpAt - System.nanoTime() > 0;
  }

  private boolean delivered(List<T> batch) {
    try {
      journal.accept(List.copyOf(batch));
      return true;
    } catch (JournalUnavailableException down) {
      LOG.warn("{}: the journal is down; {} lines wait", name, batch.size() + size());
      return false;
    } catch (RuntimeException unforeseen) {
      if (batch.size() > 1) {
        // One of them is to blame: the others need not be lost with it.
        return batch.stream().allMatch(line -> delivered(List.of(line)));
      }
      LOG.error("{}: a line that cannot be written", name, unforeseen);
      lose(batch);
      return true;
    }
  }

  private void lose(List<T> lines) {
    lost.inc(lines.size());
    lines.stream()
        .map(inLog)
        .filter(text -> !text.isEmpty())
        .forEach(text -> LOG.error("not in the journal: {}", text));
  }

  /** For a log: a subject is the issuer's text, not ours. */
  public static String printable(String text) {
    return text.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
