package io.tas.dbhub.dev.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * MariaDB on loopback, with passwords for everybody and TLS for who wants it: what stands for the
 * MySQL family in tests.
 */
public final class MariaDbServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final int port;
  private final Login root;
  private final ServerCertificate tls;
  private final ChildProcess process;

  /**
   * How to run it.
   *
   * @param directory keeps the data, root's password, the log and the pid file
   */
  public record Settings(Path directory, int port) {}

  private MariaDbServer(int port, ServerCertificate tls, Login root, ChildProcess process) {
    this.port = port;
    this.tls = tls;
    this.root = root;
    this.process = process;
  }

  /**
   * Returns when it answers a query.
   *
   * @throws EngineException when it does not start
   */
  public static MariaDbServer start(Program.Installed program, Settings settings) {
    Path directory = settings.directory();
    Login root = new Login("root", SecretFile.password(directory.resolve("mariadb.password")));
    Path data = directory.resolve("data");
    if (!Files.exists(data)) {
      initialize(program, directory, data);
    }
    // Read before the first connection is taken, so root never is without a password.
    Path setup = directory.resolve("setup.sql");
    SecretFile.write(
        setup, "ALTER USER 'root'@'localhost' IDENTIFIED BY '" + root.password() + "';\n");
    ServerCertificate tls = ServerCertificate.in(directory);
    Path home = program.home();
    ChildProcess process =
        ChildProcess.start(
            new ChildProcess.Command(
                "mariadbd",
                List.of(
                    program.executable("mariadbd").toString(),
                    "--no-defaults",
                    "--user=" + System.getProperty("user.name"),
                    "--basedir=" + home,
                    "--datadir=" + data,
                    "--lc-messages-dir=" + home.resolve("share"),
                    "--bind-address=127.0.0.1",
                    "--port=" + settings.port(),
                    "--socket=" + socket(settings.port()),
                    "--init-file=" + setup,
                    "--skip-name-resolve=OFF",
                    // Without one it makes its own, which takes it seven seconds of every start.
                    "--ssl-cert=" + tls.certificate(),
                    "--ssl-key=" + tls.key(),
                    "--ssl-ca=" + tls.certificate(),
                    "--innodb-buffer-pool-size=32M",
                    "--innodb-flush-log-at-trx-commit=0",
                    "--performance-schema=OFF"),
                Map.of(),
                directory));
    MariaDbServer server = new MariaDbServer(settings.port(), tls, root, process);
    process.awaitReady(START, server::answers);
    return server;
  }

  /**
   * A socket's path may have about a hundred characters, which a test's directory easily exceeds.
   */
  private static Path socket(int port) {
    return Path.of(System.getProperty("java.io.tmpdir"), "dbhub-mariadb-" + port + ".sock");
  }

  private static void initialize(Program.Installed program, Path directory, Path data) {
    Path home = program.home();
    Path fresh = directory.resolve("data.new");
    try {
      Trees.delete(fresh);
      new BuildStep(
              "mariadb",
              List.of(
                  home.resolve("scripts/mariadb-install-db").toString(),
                  "--no-defaults",
                  "--basedir=" + home,
                  "--datadir=" + fresh,
                  "--user=" + System.getProperty("user.name"),
                  "--skip-test-db",
                  "--auth-root-authentication-method=normal"),
              directory,
              Map.of(),
              lines -> "creating the database")
          .run(directory.resolve("install-db.log"), new Progress(System.out));
      Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (BuildFailedException e) {
      throw new EngineException(e.reason(), e);
    }
  }

  private boolean answers() throws SQLException {
    try (Connection connection = connect("mysql", root)) {
      return connection.isValid(2);
    }
  }

  /**
   * Sees to a database and a user with all rights on it.
   *
   * @param script statements run in that database, in order
   */
  public void createDatabase(String database, Login owner, List<String> script)
      throws SQLException {
    try (Connection admin = connect("mysql", root);
        Statement statement = admin.createStatement()) {
      String schema = statement.enquoteIdentifier(database, true);
      String user = statement.enquoteLiteral(owner.user()) + "@'%'";
      String password = "PASSWORD '" + passwordHash(owner.password()) + "'";
      statement.execute("CREATE DATABASE IF NOT EXISTS " + schema);
      statement.execute("CREATE OR REPLACE USER " + user + " IDENTIFIED BY " + password);
      statement.execute("GRANT ALL ON " + schema + ".* TO " + user);
    }
    try (Connection connection = connect(database, owner);
        Statement statement = connection.createStatement()) {
      for (String sql : script) {
        statement.execute(sql);
      }
    }
  }

  /**
   * The driver logs statements when asked to, so a statement carries what the server would store
   * anyway.
   */
  private static String passwordHash(String password) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] twice = sha1.digest(sha1.digest(password.getBytes(UTF_8)));
      return "*" + HexFormat.of().withUpperCase().formatHex(twice);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }

  /** A JDBC connection to one of its databases. */
  public Connection connect(String database, Login login) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("connectTimeout", "5000");
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port + "/" + database, properties);
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

  public Login root() {
    return root;
  }

  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
