package io.tas.dbhub.dev.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Logging;

/**
 * Neo4j's community edition in a child JVM, so that it shares no memory with us and can be stopped
 * like the real thing. A restart in the same directory finds the same data and the same password.
 */
public final class Neo4jServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final int port;
  private final Login login;
  private final ChildProcess process;

  /**
   * How to run it.
   *
   * @param directory keeps the data, the password, the log and the pid file
   * @param classPath one that has Neo4j and {@link Neo4jMain} on it
   * @param heapMegabytes the most it takes for its heap
   * @param optimized whether its JVM compiles as in production: that computes faster, and starts
   *     slower
   */
  public record Settings(
      Path directory, int port, String classPath, int heapMegabytes, boolean optimized) {
    /** On our own class path, with a heap that is enough for some hundred thousand nodes. */
    public Settings(Path directory, int port) {
      this(directory, port, false);
    }

    /** On our own class path, with a heap that is enough for some hundred thousand nodes. */
    public Settings(Path directory, int port, boolean optimized) {
      this(directory, port, ClassPath.ofThisProcess(), 384, optimized);
    }
  }

  private Neo4jServer(int port, Login login, ChildProcess process) {
    this.port = port;
    this.login = login;
    this.process = process;
  }

  /**
   * Returns when it answers a query over Bolt.
   *
   * @throws EngineException when it does not start
   */
  public static Neo4jServer start(Settings settings) {
    Login login = login(settings.directory());
    ChildProcess process =
        ChildProcess.start(
            new ChildProcess.Command(
                "neo4j",
                arguments(settings),
                Map.of(
                    Neo4jMain.PASSWORD_VARIABLE,
                    login.password(),
                    "CLASSPATH",
                    ClassPath.absolute(settings.classPath())),
                settings.directory()));
    Neo4jServer server = new Neo4jServer(settings.port(), login, process);
    try (Driver driver =
        GraphDatabase.driver(
            server.uri(),
            AuthTokens.basic(login.user(), login.password()),
            Config.builder()
                .withLogging(Logging.none())
                .withConnectionTimeout(2, TimeUnit.SECONDS)
                .withMaxTransactionRetryTime(0, TimeUnit.SECONDS)
                .build())) {
      process.awaitReady(
          START, () -> driver.executableQuery("RETURN 1").execute().records().size() == 1);
    }
    return server;
  }

  /** Of a server that keeps its data in the directory, whether it runs yet or not. */
  public static Login login(Path directory) {
    return new Login("neo4j", SecretFile.password(directory.resolve("neo4j.password")));
  }

  /** Of a server on the port, whether it runs yet or not. */
  public static String uri(int port) {
    return "bolt://127.0.0.1:" + port;
  }

  private static List<String> arguments(Settings settings) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=" + (settings.optimized() ? 4 : 1),
        "-Xmx" + settings.heapMegabytes() + "m",
        "-Dlogback.configurationFile=io/tas/dbhub/dev/engine/neo4j-logback.xml",
        Neo4jMain.class.getName(),
        settings.directory().resolve("data").toString(),
        String.valueOf(settings.port()));
  }

  public String uri() {
    return uri(port);
  }

  public Login login() {
    return login;
  }

  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
