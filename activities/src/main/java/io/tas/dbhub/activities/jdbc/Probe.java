package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.jdbc.ErrorTranslator.Progress;
import io.tas.dbhub.activities.jdbc.dialect.Dialect;
import io.tas.dbhub.activities.jdbc.dialect.Login;
import io.tas.dbhub.activities.jdbc.dialect.Questions;
import io.tas.dbhub.activities.jdbc.dialect.Session;
import io.tas.dbhub.activities.jdbc.dialect.SqliteFile;
import io.tas.dbhub.activities.jdbc.net.Pin;
import io.tas.dbhub.activities.jdbc.net.TargetAddresses;
import io.tas.dbhub.activities.jdbc.net.TargetAddresses.Resolution;
import io.tas.dbhub.activities.jdbc.net.TargetTrust;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.DB;

/**
 * One probe of one target. Runs on one thread; {@link #abort} may be called from another, and ends
 * whatever it waits for.
 */
final class Probe {
  private static final int LEAST_TIMEOUT_MILLIS = 1000;

  /** What a probe asks besides whether the target answers. */
  enum Asked {
    NOTHING,
    /** What the login may do; a target that does not tell is reachable all the same. */
    RIGHTS,
    ALL
  }

  private final Target target;
  private final Credentials credentials;
  private final ProbeSettings settings;
  private final long deadlineNanos;
  private final Asked asked;
  private final StepLog log = new StepLog();
  private @Nullable AutoCloseable open;
  private boolean aborted;

  /**
   * @param asked what to ask the target, besides whether it answers
   */
  Probe(
      Target target,
      Credentials credentials,
      ProbeSettings settings,
      long deadlineNanos,
      Asked asked) {
    this.target = target;
    this.credentials = credentials;
    this.settings = settings;
    this.deadlineNanos = deadlineNanos;
    this.asked = asked;
  }

  StepLog log() {
    return log;
  }

  /** Ends the probe with an error, and whatever it waits for. */
  void abort(Problem problem) {
    AutoCloseable waiting;
    synchronized (this) {
      aborted = true;
      waiting = open;
    }
    fail(problem);
    close(waiting);
  }

  /** Ends the probe because its time is up. */
  void timeOut() {
    abort(
        switch (log.current()) {
          case RESOLVE -> Problem.LOOKUP_TOO_SLOW;
          case CONNECT -> Problem.CONNECT_TIMEOUT;
          default -> Problem.SILENT;
        });
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure {@code Busy} when the host could not be looked
   *     up for other lookups
   */
  void network(TargetAddresses addresses, X509ExtendedTrustManager anchors, Dialect dialect)
      throws InterruptedException {
    // At most half of the time, so that the one who waits for the probe learns what it waited for.
    Duration patience = shorter(settings.lookupTimeout(), left().dividedBy(2));
    Resolution resolution = addresses.resolve(target.host(), target.port(), patience);
    if (resolution instanceof Resolution.Busy) {
      throw Failures.of(FailureType.BUSY, "the worker is busy looking up other hosts");
    }
    if (resolution instanceof Resolution.Allowed allowed) {
      connect(allowed.all(), anchors, dialect);
    } else {
      fail(refusal(resolution));
    }
  }

  /** What a host that is not connected to has against it. */
  static Problem refusal(Resolution resolution) {
    if (resolution instanceof Resolution.Refused) {
      return Problem.FORBIDDEN_ADDRESS;
    }
    if (resolution instanceof Resolution.Malformed) {
      return Problem.MALFORMED_HOST;
    }
    return resolution instanceof Resolution.TooSlow
        ? Problem.LOOKUP_TOO_SLOW
        : Problem.UNKNOWN_HOST;
  }

  private void connect(
      List<InetAddress> addresses, X509ExtendedTrustManager anchors, Dialect dialect) {
    log.next(Step.CONNECT);
    TargetTrust trust =
        new TargetTrust(target.sslMode(), anchors, () -> log.next(Step.AUTHENTICATE));
    try (Pin pin = new Pin(target.host(), target.port(), addresses, trust)) {
      guard(pin);
      pin.connect((int) shorter(connectTimeout(), left()).toMillis());
      boolean encrypted = target.sslMode().encrypted();
      log.next(encrypted ? Step.TLS : Step.AUTHENTICATE);
      Login login = new Login(pin, target.database(), credentials, target.sslMode(), leftMillis());
      ask(() -> dialect.open(login), dialect, new Progress(encrypted, Optional.of(trust)));
    } catch (SocketTimeoutException e) {
      fail(Problem.CONNECT_TIMEOUT);
    } catch (IOException e) {
      fail(Problem.UNREACHABLE);
    }
  }

  private Duration connectTimeout() {
    return shorter(
        settings.connectTimeout(), Duration.ofSeconds(target.connectionTimeoutSeconds()));
  }

  void file(SqliteFiles files, SqliteFile sqlite) {
    SqliteFiles.Found found = files.find(target.database());
    if (found instanceof SqliteFiles.Found.No no) {
      fail(no.problem());
      return;
    }
    log.next(Step.CONNECT);
    Path path = ((SqliteFiles.Found.File) found).path();
    ask(() -> interruptible(sqlite.open(path, leftMillis())), sqlite, Progress.unencrypted());
  }

  private Connection interruptible(Connection connection) throws SQLException {
    DB database = connection.unwrap(SQLiteConnection.class).getDatabase();
    guard(database::interrupt);
    return connection;
  }

  /** Logs in and asks; the first question must be answered, the others may be refused. */
  private void ask(Callable<Connection> opening, Questions questions, Progress progress) {
    try (Connection connection = opening.call()) {
      log.next(Step.QUERY);
      int seconds = Math.min(target.queryTimeoutSeconds(), leftMillis() / 1000);
      Session session = new Session(connection, seconds);
      log.found(questions.identity(session));
      if (asked == Asked.ALL) {
        log.counted(unlessRefused(questions::tables, session));
        log.judged(unlessRefused(questions::readOnlyRole, session));
      }
      log.succeed();
      if (asked == Asked.RIGHTS) {
        log.judged(unlessRefused(questions::readOnlyRole, session));
      }
    } catch (Exception | OutOfMemoryError e) {
      // Drivers throw anything at an answer they did not expect. A hostile server can announce one
      // larger than the memory: that allocation is refused as a whole, so going on is safe.
      fail(new ErrorTranslator(target.type()).translate(e, progress));
    }
  }

  /** What may be refused. */
  private interface Question<T> {
    Optional<T> ask(Session session) throws SQLException;
  }

  private static <T> Optional<T> unlessRefused(Question<T> question, Session session) {
    try {
      return question.ask(session);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private void fail(Problem problem) {
    log.fail(problem.step(), problem.of(target));
  }

  /** From now on this is what {@link #abort} closes. */
  private void guard(AutoCloseable waiting) {
    boolean late;
    synchronized (this) {
      open = waiting;
      late = aborted;
    }
    if (late) {
      close(waiting);
    }
  }

  private static void close(@Nullable AutoCloseable waiting) {
    try {
      if (waiting != null) {
        waiting.close();
      }
    } catch (Exception e) {
      // It was only to end a wait; the probe's own thread closes what it opened.
    }
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
  }

  /** For drivers: never 0, which means forever to them. The deadline itself is kept by abort. */
  private int leftMillis() {
    return (int) Math.max(LEAST_TIMEOUT_MILLIS, left().toMillis());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
