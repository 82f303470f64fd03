package io.tas.dbhub.dev.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * PostgreSQL on loopback, with passwords (SCRAM) for everybody and TLS for who wants it. A restart
 * in the same directory finds the same databases.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ORPHANS = Duration.ofSeconds(30);
  private static final Duration ORPHAN_POLL = Duration.ofMillis(200);

  private final int port;
  private final Login superuser;
  private final ServerCertificate tls;
  private final ChildProcess process;

  /**
   * How to run it.
   *
   * @param directory keeps the data, the superuser's password, the log and the pid file
   */
  public record Settings(Path directory, int port) {}

  private PostgresServer(int port, ServerCertificate tls, Login superuser, ChildProcess process) {
    this.port = port;
    this.tls = tls;
    this.superuser = superuser;
    this.process = process;
  }

  /**
   * Returns when it answers a query.
   *
   * @throws EngineException when it does not start
   */
  public static PostgresServer start(Program.Installed program, Settings settings) {
    Path passwordFile = settings.directory().resolve("postgres.password");
    Login superuser = new Login("postgres", SecretFile.password(passwordFile));
    Path data = settings.directory().resolve("data");
    if (!Files.exists(data)) {
      initialize(program, settings.directory(), data, passwordFile);
    }
    ServerCertificate tls = ServerCertificate.in(settings.directory());
    ChildProcess.Command command = command(program, settings, data, tls);
    long deadline = System.nanoTime() + ORPHANS.toNanos();
    while (true) {
      ChildProcess process = ChildProcess.start(command);
      PostgresServer server = new PostgresServer(settings.port(), tls, superuser, process);
      try {
        process.awaitReady(START, server::answers);
        return server;
      } catch (EngineException e) {
        if (!orphansRun(process) || System.nanoTime() > deadline) {
          throw e;
        }
        Pause.of(ORPHAN_POLL);
      }
    }
  }

  /** The children of a server that was killed: they notice it by themselves, but not at once. */
  private static boolean orphansRun(ChildProcess process) {
    return LogFile.tail(process.log(), 20).contains("shared memory block");
  }

  private static ChildProcess.Command command(
      Program.Installed program, Settings settings, Path data, ServerCertificate tls) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                program.executable("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                String.valueOf(settings.port())));
    List.of(
            "listen_addresses=127.0.0.1",
            // Its path would be longer than a socket's may be.
            "unix_socket_directories=",
            "ssl=on",
            "ssl_cert_file=" + tls.certificate(),
            "ssl_key_file=" + tls.key(),
            "shared_buffers=32MB",
            // Many connections at once are what the control plane is for.
            "max_connections=500",
            // Guards against a crash of the machine only.
            "fsync=off")
        .forEach(setting -> argv.addAll(List.of("-c", setting)));
    return new ChildProcess.Command(
        "postgres",
        Unprivileged.command(argv),
        Map.of(),
        settings.directory(),
        // TERM would wait until the last client has gone.
        "INT",
        Duration.ofSeconds(15));
  }

  private static void initialize(
      Program.Installed program, Path directory, Path data, Path passwordFile) {
    Path fresh = directory.resolve("data.new");
    try {
      Trees.delete(fresh);
      new BuildStep(
              "postgresql",
              Unprivileged.command(
                  List.of(
                      program.executable("initdb").toString(),
                      "--pgdata=" + fresh,
                      "--username=postgres",
                      "--auth=scram-sha-256",
                      "--pwfile=" + passwordFile,
                      "--encoding=UTF8",
                      "--no-locale",
                      "--no-sync")),
              directory,
              Map.of(),
              lines -> "creating the database")
          .run(directory.resolve("initdb.log"), new Progress(System.out));
      Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BuildFailedException e) {
      throw new EngineException(e.reason(), e);
    }
  }

  private boolean answers() throws SQLException {
    try (Connection connection = connect("postgres", superuser)) {
      return connection.isValid(2);
    }
  }

  /**
   * Sees to a database and a user that owns it.
   *
   * @param script run as that user, only when the database is new
   */
  public void createDatabase(String database, Login owner, String script) throws SQLException {
    try (Connection admin = connect("postgres", superuser);
        Statement statement = admin.createStatement()) {
      String role = statement.enquoteIdentifier(owner.user(), true);
      boolean roleExists = exists(admin, "SELECT 1 FROM pg_roles WHERE rolname = ?", owner.user());
      statement.execute(
          (roleExists ? "ALTER ROLE " : "CREATE ROLE ")
              + role
              + " LOGIN PASSWORD "
              + statement.enquoteLiteral(owner.password()));
      if (exists(admin, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
        return;
      }
      statement.execute(
          "CREATE DATABASE " + statement.enquoteIdentifier(database, true) + " OWNER " + role);
    }
    if (!script.isBlank()) {
      try (Connection connection = connect(database, owner);
          Statement statement = connection.createStatement()) {
        statement.execute(script);
      }
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** A JDBC connection to one of its databases. */
  public Connection connect(String database, Login login) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("connectTimeout", "5");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** PEM of the authority that its certificate, for localhost and 127.0.0.1, is verified with. */
  public Path authority() {
    return tls.certificate();
  }

  public Login superuser() {
    return superuser;
  }

  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
