package io.tas.dbhub.storage.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * One of the databases a journal can be kept in.
 *
 * @param source of connections; each is a new one
 * @param migrations where on the class path they are
 * @param onConnect said first on every pooled connection; null for nothing
 * @param file what is to be a file; null for a server
 */
record JournalDatabase(
    DataSource source, String migrations, @Nullable String onConnect, @Nullable Path file) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRES = "jdbc:postgresql:";
  private static final int POSTGRES_PORT = 5432;
  private static final int LOCK_TRIES = 5;
  private static final int POOL_SIZE = 8;
  private static final Duration WAIT = Duration.ofSeconds(3);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final int CONNECT_SECONDS = 2;

  /**
   * The connection of a call that was given up ends soon after it. A statement of a migration that
   * takes longer has to be cut into smaller ones.
   */
  private static final int SILENCE_SECONDS = 6;

  /**
   * Connects to nothing yet.
   *
   * @throws IllegalArgumentException if the URL leads to neither database, or holds credentials
   */
  static JournalDatabase of(String url, String username, String password) {
    if (url.startsWith(SQLITE)) {
      return sqlite(url);
    }
    if (url.startsWith(POSTGRES)) {
      return postgres(url, username, password);
    }
    throw new IllegalArgumentException(
        "the journal's url starts with " + SQLITE + " or " + POSTGRES);
  }

  /** A pool that connects on demand. */
  HikariDataSource pool() {
    return pool("journal", POOL_SIZE, 0, onConnect);
  }

  /**
   * One beside it, which finds a connection whatever the others are busy with.
   *
   * @param idle connections that are kept though nobody needs them
   * @param first said first on every connection; null for nothing
   */
  HikariDataSource pool(String name, int size, int idle, @Nullable String first) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setConnectionInitSql(first);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(idle);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(WAIT.toMillis());
    config.setValidationTimeout(Duration.ofSeconds(CONNECT_SECONDS).toMillis());
    config.setIdleTimeout(IDLE.toMillis());
    return new HikariDataSource(config);
  }

  /** Whether processes on several machines can use it. */
  boolean shared() {
    return file == null;
  }

  /** As {@code host:port}. */
  List<String> servers() {
    if (!(source instanceof PGSimpleDataSource postgres)) {
      return List.of();
    }
    String[] hosts = postgres.getServerNames();
    int[] ports = postgres.getPortNumbers();
    return IntStream.range(0, hosts.length)
        .mapToObj(i -> hosts[i] + ":" + (ports[i] == 0 ? POSTGRES_PORT : ports[i]))
        .toList();
  }

  void migrate() {
    Flyway.configure()
        .loggers("slf4j")
        .dataSource(source)
        .locations(migrations)
        .failOnMissingLocations(true)
        // Who migrates tries again by itself, and can be stopped in between.
        .lockRetryCount(LOCK_TRIES)
        .load()
        .migrate();
  }

  /** API and worker share the file: readers do not wait for a writer, and writers take turns. */
  private static JournalDatabase sqlite(String url) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout((int) WAIT.toMillis());
    // A transaction that began as a reader's could not wait for its turn to write.
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return new JournalDatabase(
        source,
        "classpath:db/migration/sqlite",
        null,
        Path.of(url.substring(SQLITE.length())).toAbsolutePath());
  }

  private static JournalDatabase postgres(String url, String username, String password) {
    Properties said = Driver.parseURL(url, null);
    if (said == null || PGProperty.PASSWORD.getOrDefault(said) != null) {
      throw new IllegalArgumentException(
          "the journal's url is one of PostgreSQL's, without a password in it");
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url);
    source.setUser(username);
    source.setPassword(password);
    source.setApplicationName("dbhub-journal");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SILENCE_SECONDS);
    source.setTcpKeepAlive(true);
    return new JournalDatabase(
        source, "classpath:db/migration/postgresql", "SET statement_timeout = '4s'", null);
  }
}
