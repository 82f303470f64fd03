package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.jdbc.ErrorTranslator.Progress;
import io.tas.dbhub.activities.jdbc.dialect.Dialect;
import io.tas.dbhub.activities.jdbc.dialect.Login;
import io.tas.dbhub.activities.jdbc.dialect.SqliteFile;
import io.tas.dbhub.activities.jdbc.net.Pin;
import io.tas.dbhub.activities.jdbc.net.TargetAddresses;
import io.tas.dbhub.activities.jdbc.net.TargetAddresses.Resolution;
import io.tas.dbhub.activities.jdbc.net.TargetTrust;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sqlite.SQLiteConfig;

/**
 * Opens connections that stay open, under the rules of a probe: the same addresses are refused, the
 * address that was looked at is the one connected to, and no text of a driver's gets out.
 * Thread-safe.
 */
public final class TargetConnector {
  /** One value of a SQLite statement, in bytes: it is held in this process. */
  private static final int LARGEST_SQLITE_VALUE = 16 << 20;

  private static final int SQLITE_BUSY_MILLIS = 5_000;

  private final ProbeSettings settings;
  private final Map<DatabaseType, Dialect> dialects;
  private final X509ExtendedTrustManager anchors;
  private final SqliteFiles sqliteFiles;
  private final TargetAddresses addresses;
  private final SqliteFile sqlite = new SqliteFile();

  TargetConnector(
      ProbeSettings settings,
      Map<DatabaseType, Dialect> dialects,
      X509ExtendedTrustManager anchors,
      SqliteFiles sqliteFiles,
      TargetAddresses addresses) {
    this.settings = settings;
    this.dialects = dialects;
    this.anchors = anchors;
    this.sqliteFiles = sqliteFiles;
    this.addresses = addresses;
  }

  /**
   * A connection that was let in.
   *
   * @param pin what holds its sockets; empty for a file
   */
  public record Opened(Connection connection, Optional<Pin> pin) {}

  /** Why there is no connection. */
  public static final class RefusedException extends Exception {
    private final transient ConnectionError error;

    RefusedException(ConnectionError error) {
      super(error.kind().wireName());
      this.error = error;
    }

    public ConnectionError error() {
      return error;
    }

    /** Whether other credentials might be let in. */
    public boolean byLogin() {
      return error.kind() == ErrorKind.AUTHENTICATION;
    }
  }

  /**
   * @param readOnly whether a file is opened for reading only; a server's connections may do both
   */
  public Opened open(Target target, Credentials credentials, boolean readOnly)
      throws RefusedException, InterruptedException {
    return open(target, credentials, readOnly, pin -> {});
  }

  /**
   * The same, where somebody else may end it on the way.
   *
   * @param connecting gets the pin before it connects; closing it ends the opening
   */
  public Opened open(
      Target target, Credentials credentials, boolean readOnly, Consumer<Pin> connecting)
      throws RefusedException, InterruptedException {
    Dialect dialect = dialects.get(target.type());
    return dialect == null
        ? file(target, readOnly)
        : network(target, credentials, dialect, connecting);
  }

  /**
   * Why an open connection failed, without a word of a driver's.
   *
   * @param thrown by the connection or one of its statements
   */
  public ConnectionError explain(Throwable thrown, Target target) {
    return new ErrorTranslator(target.type()).translate(thrown, Progress.unencrypted()).of(target);
  }

  private Opened network(
      Target target, Credentials credentials, Dialect dialect, Consumer<Pin> connecting)
      throws RefusedException, InterruptedException {
    Resolution resolution =
        addresses.resolve(target.host(), target.port(), settings.lookupTimeout());
    if (!(resolution instanceof Resolution.Allowed allowed)) {
      throw refused(Probe.refusal(resolution), target);
    }
    TargetTrust trust = new TargetTrust(target.sslMode(), anchors, () -> {});
    Pin pin = new Pin(target.host(), target.port(), allowed.all(), trust);
    connecting.accept(pin);
    return connect(target, credentials, dialect, pin);
  }

  private Opened connect(Target target, Credentials credentials, Dialect dialect, Pin pin)
      throws RefusedException {
    boolean opened = false;
    try {
      pin.connect((int) patience(target).toMillis());
      Connection connection =
          dialect.open(
              new Login(
                  pin,
                  target.database(),
                  credentials,
                  target.sslMode(),
                  target.connectionTimeoutSeconds() * 1_000,
                  Login.Use.QUERY));
      // From now on a statement's own time limit counts.
      connection.setNetworkTimeout(Runnable::run, 0);
      opened = true;
      return new Opened(connection, Optional.of(pin));
    } catch (SocketTimeoutException e) {
      throw refused(Problem.CONNECT_TIMEOUT, target);
    } catch (IOException e) {
      throw refused(Problem.UNREACHABLE, target);
    } catch (SQLException | RuntimeException | OutOfMemoryError e) {
      // As in a probe: a hostile server can make a driver throw anything.
      Progress progress = new Progress(target.sslMode().encrypted(), Optional.of(pin.trust()));
      throw refused(new ErrorTranslator(target.type()).translate(e, progress), target);
    } finally {
      if (!opened) {
        pin.close();
      }
    }
  }

  private Duration patience(Target target) {
    Duration own = Duration.ofSeconds(target.connectionTimeoutSeconds());
    return own.compareTo(settings.connectTimeout()) < 0 ? own : settings.connectTimeout();
  }

  private Opened file(Target target, boolean readOnly) throws RefusedException {
    SqliteFiles.Found found = sqliteFiles.find(target.database());
    if (found instanceof SqliteFiles.Found.No no) {
      throw refused(no.problem(), target);
    }
    Path path = ((SqliteFiles.Found.File) found).path();
    SQLiteConfig config = new SQLiteConfig();
    config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, String.valueOf(LARGEST_SQLITE_VALUE));
    config.setPragma(SQLiteConfig.Pragma.LIMIT_ATTACHED, "0");
    config.setPragma(SQLiteConfig.Pragma.LIMIT_WORKER_THREADS, "0");
    try {
      return new Opened(sqlite.open(path, SQLITE_BUSY_MILLIS, config, readOnly), Optional.empty());
    } catch (SQLException e) {
      throw refused(
          new ErrorTranslator(target.type()).translate(e, Progress.unencrypted()), target);
    }
  }

  private static RefusedException refused(Problem problem, Target target) {
    return new RefusedException(problem.of(target));
  }
}
