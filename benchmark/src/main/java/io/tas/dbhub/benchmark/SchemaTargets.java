package io.tas.dbhub.benchmark;

import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.Steps;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL and a SQLite file with equally large schemas. */
final class SchemaTargets implements AutoCloseable {
  /** A transaction that makes more needs more locks than the server has. */
  private static final int AT_ONCE = 500;

  private static final String DATABASE = "bench";
  private static final String FILE = "bench.db";

  private static final String SQLITE = "jdbc:sqlite:";

  private final Path file;
  private final PostgresServer server;
  private final TargetProber prober;
  private final List<One> all;
  private int altered;

  /**
   * One of them.
   *
   * @param url as SQLAlchemy wants it, without the password
   */
  record One(Target target, Credentials credentials, String url) {
    String name() {
      return target.type().wireName();
    }
  }

  SchemaTargets(Path directory, int tables, Programs programs, Steps steps) {
    file = directory.resolve(FILE);
    server =
        PostgresServer.start(
            programs.postgres().orThrow(),
            new PostgresServer.Settings(directory.resolve("postgres"), new Ports().free()));
    prober = new TargetProber(settings(directory));
    Login login = new Login("bench", "bench-" + Long.toHexString(System.nanoTime()));
    try {
      server.createDatabase(DATABASE, login, "");
      try (Connection connection = server.connect(DATABASE, login)) {
        make(connection, SchemaScript.of(DatabaseType.POSTGRES, tables));
      }
      steps.say("postgres", "%,d tables".formatted(tables));
      try (Connection connection = DriverManager.getConnection(SQLITE + file);
          Statement statement = connection.createStatement()) {
        // Guards against a crash of the machine only.
        statement.execute("PRAGMA synchronous = OFF");
        make(connection, SchemaScript.of(DatabaseType.SQLITE, tables));
      }
      steps.say("sqlite", "%,d tables".formatted(tables));
    } catch (SQLException e) {
      close();
      throw new EngineException("The tables could not be made", e);
    }
    all =
        List.of(
            new One(
                new Target(
                    DatabaseType.POSTGRES,
                    server.host(),
                    server.port(),
                    DATABASE,
                    SslMode.DISABLE,
                    20,
                    300),
                new Credentials(login.user(), login.password()),
                "postgresql+psycopg2://%s@%s:%d/%s?sslmode=disable"
                    .formatted(login.user(), server.host(), server.port(), DATABASE)),
            new One(
                new Target(DatabaseType.SQLITE, "", 0, FILE, SslMode.DISABLE, 20, 300),
                new Credentials("", ""),
                "sqlite:///" + file));
  }

  private static ProbeSettings settings(Path directory) {
    return new ProbeSettings(
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        4,
        true,
        List.of(),
        Optional.of(directory),
        Optional.empty());
  }

  private static void make(Connection connection, List<String> statements) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < statements.size(); i++) {
        statement.execute(statements.get(i));
        if (i % AT_ONCE == 0) {
          connection.commit();
        }
      }
    }
    connection.commit();
  }

  List<One> all() {
    return all;
  }

  /** Gives one of its tables a column more. */
  void alter(One target) {
    String statement =
        "ALTER TABLE table_00000 ADD COLUMN added_%d varchar(20)".formatted(++altered);
    try (Connection connection = connect(target);
        Statement change = connection.createStatement()) {
      change.execute(statement);
    } catch (SQLException e) {
      throw new EngineException("The table could not be altered", e);
    }
  }

  private Connection connect(One target) throws SQLException {
    return target.target().type() == DatabaseType.SQLITE
        ? DriverManager.getConnection(SQLITE + file)
        : server.connect(
            DATABASE, new Login(target.credentials().username(), target.credentials().password()));
  }

  TargetProber prober() {
    return prober;
  }

  @Override
  public void close() {
    prober.close();
    server.close();
  }
}
