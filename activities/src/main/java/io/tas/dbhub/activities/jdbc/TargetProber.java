package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.jdbc.dialect.Dialect;
import io.tas.dbhub.activities.jdbc.dialect.MariaDbDialect;
import io.tas.dbhub.activities.jdbc.dialect.MySqlDialect;
import io.tas.dbhub.activities.jdbc.dialect.PostgresDialect;
import io.tas.dbhub.activities.jdbc.dialect.SqlServerDialect;
import io.tas.dbhub.activities.jdbc.dialect.SqliteFile;
import io.tas.dbhub.activities.jdbc.net.AddressPolicy;
import io.tas.dbhub.activities.jdbc.net.TargetAddresses;
import io.tas.dbhub.activities.jdbc.net.TrustAnchors;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Probes targets. Whatever a target does, the caller has an answer by the deadline, which counts
 * from the probe's beginning: it runs on a thread of this prober, and at the deadline its sockets
 * are closed, which ends the thread too. Thread-safe.
 */
public final class TargetProber implements AutoCloseable {
  private static final int KEEP_ALIVE_SECONDS = 5;
  private static final Map<DatabaseType, Dialect> DIALECTS =
      Map.of(
          DatabaseType.POSTGRES, new PostgresDialect(),
          DatabaseType.MYSQL, new MySqlDialect(),
          DatabaseType.MARIADB, new MariaDbDialect(),
          DatabaseType.SQLSERVER, new SqlServerDialect());

  private final ProbeSettings settings;
  private final X509ExtendedTrustManager anchors;
  private final SqliteFiles sqliteFiles;
  private final SqliteFile sqlite = new SqliteFile();
  private final Semaphore slots;
  private final ExecutorService probes;
  private final ExecutorService lookups;
  private final TargetAddresses addresses;

  /** Kept, for the JVM forgets the level of a logger that nobody holds. */
  private final List<Logger> silenced =
      Stream.of("com.microsoft.sqlserver.jdbc", "org.postgresql", "org.mariadb.jdbc")
          .map(Logger::getLogger)
          .toList();

  /**
   * @throws IllegalArgumentException when the configured CA file cannot be used
   */
  public TargetProber(ProbeSettings settings) {
    this.settings = settings;
    // Drivers log what servers say, and servers say the login's name.
    silenced.forEach(logger -> logger.setLevel(Level.OFF));
    this.anchors = TrustAnchors.load(settings.caFile());
    this.sqliteFiles = new SqliteFiles(settings.sqliteDirectory());
    this.slots = new Semaphore(settings.maxConcurrent());
    this.probes = pool("dbhub-probe-", settings.maxConcurrent());
    // Twice as many: a lookup cannot be ended, so one may outlive its probe.
    this.lookups = pool("dbhub-lookup-", 2 * settings.maxConcurrent());
    this.addresses =
        new TargetAddresses(
            new AddressPolicy(settings.allowLoopback()), settings.refusedEndpoints(), lookups);
  }

  /**
   * Never fails because of the target: what is wrong with it is in the answer. What this worker has
   * no time for says nothing about the target, and is a failure.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code Busy} when other probes or lookups took
   *     all the time that this one had
   * @throws CancellationException when the calling thread is interrupted, which it stays
   */
  public Diagnosis probe(Target target, Credentials credentials) {
    return probe(target, credentials, patience(target), Probe.Asked.ALL);
  }

  /**
   * As {@link #probe}, but asks only whether the target answers: neither how many tables there are,
   * nor what the login may, which cost a server several times as much.
   */
  Diagnosis reach(Target target, Credentials credentials) {
    return reach(target, credentials, patience(target), false);
  }

  /**
   * As {@link #reach(Target, Credentials)}, with the patience given.
   *
   * @param patience at most {@link #patience}
   * @param rights whether to ask also what the login may do, once it is known that the target
   *     answers: whatever comes of that question makes it no less reachable
   */
  Diagnosis reach(Target target, Credentials credentials, Duration patience, boolean rights) {
    return probe(target, credentials, patience, rights ? Probe.Asked.RIGHTS : Probe.Asked.NOTHING);
  }

  private Diagnosis probe(
      Target target, Credentials credentials, Duration patience, Probe.Asked asked) {
    try {
      if (!slots.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy();
      }
      long deadline = System.nanoTime() + patience.toNanos();
      Probe probe = new Probe(target, credentials, settings, deadline, asked);
      FutureTask<?> running = new FutureTask<>(() -> run(probe, target.type()), null);
      start(running);
      await(running, probe, deadline);
      return probe.log().diagnosis();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the probe was interrupted");
    }
  }

  /** Gives the slot back when the thread is free again, even if the task was cancelled before. */
  private void start(Runnable task) {
    try {
      probes.execute(
          () -> {
            try {
              task.run();
            } finally {
              slots.release();
            }
          });
    } catch (RejectedExecutionException e) {
      slots.release();
      throw busy();
    }
  }

  private static ApplicationFailure busy() {
    return Failures.of(FailureType.BUSY, "the worker is busy with other probes");
  }

  /** How long a probe of the target may take. */
  Duration patience(Target target) {
    Duration wanted =
        Duration.ofSeconds((long) target.connectionTimeoutSeconds() + target.queryTimeoutSeconds());
    return wanted.compareTo(settings.deadline()) < 0 ? wanted : settings.deadline();
  }

  private void run(Probe probe, DatabaseType type) {
    try {
      Dialect dialect = DIALECTS.get(type);
      if (dialect == null) {
        probe.file(sqliteFiles, sqlite);
      } else {
        probe.network(addresses, anchors, dialect);
      }
    } catch (InterruptedException e) {
      // Aborted: the answer is given already.
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Future<?> running, Probe probe, long deadline)
      throws InterruptedException {
    try {
      running.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      probe.timeOut();
      running.cancel(true);
    } catch (InterruptedException e) {
      probe.timeOut();
      running.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      Optional<ApplicationFailure> ours = Failures.find(e);
      if (ours.isPresent()) {
        throw ours.get();
      }
      probe.abort(ErrorTranslator.unforeseen(e));
    }
  }

  /** Opens connections that stay open, by the same rules. It ends with this prober. */
  public TargetConnector connector() {
    return new TargetConnector(settings, DIALECTS, anchors, sqliteFiles, addresses);
  }

  /** Probes that hold a slot, those included whose callers have left. */
  int running() {
    return settings.maxConcurrent() - slots.availablePermits();
  }

  /** Ends the threads. Probes still running answer that they were broken off. */
  @Override
  public void close() {
    probes.shutdownNow();
    lookups.shutdownNow();
  }

  /**
   * Threads that end when idle. The queue bridges a thread's way back to the pool; when every
   * thread hangs it fills up, and refuses.
   */
  private static ExecutorService pool(String prefix, int threads) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(threads),
            task -> {
              Thread thread = new Thread(task, prefix + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
