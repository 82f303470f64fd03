package io.tas.dbhub.dev.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;

/**
 * Neo4j in a JVM of its own, speaking Bolt on loopback. Arguments: the data directory and the port;
 * the password of the user {@code neo4j} comes in the environment, where other users do not see it.
 */
public final class Neo4jMain {
  static final String PASSWORD_VARIABLE = "DBHUB_NEO4J_PASSWORD";

  private static final long PAGE_CACHE_BYTES = 64L << 20;
  private static final long LOG_BYTES = 16L << 20;

  private Neo4jMain() {}

  public static void main(String[] args) throws InterruptedException {
    SocketAddress address = new SocketAddress("127.0.0.1", Integer.parseInt(args[1]));
    String password = Objects.requireNonNull(System.getenv(PASSWORD_VARIABLE), PASSWORD_VARIABLE);
    DatabaseManagementService service =
        new DatabaseManagementServiceBuilder(Path.of(args[0]))
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, address)
            .setConfig(BoltConnector.advertised_address, address)
            .setConfig(HttpConnector.enabled, false)
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            // Who waits for the first start knocks before the password is set, and must not be
            // locked out for that.
            .setConfig(GraphDatabaseSettings.auth_max_failed_attempts, 0)
            .setConfig(GraphDatabaseSettings.udc_enabled, false)
            .setConfig(GraphDatabaseSettings.pagecache_memory, PAGE_CACHE_BYTES)
            // Otherwise half a gigabyte of logs is laid out before the first node.
            .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
            .setConfig(GraphDatabaseSettings.logical_log_rotation_threshold, LOG_BYTES)
            .build();
    Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown, "stop-neo4j"));
    setPassword(service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME), password);
    new CountDownLatch(1).await();
  }

  /** A new store wants its first password changed; setting the same one twice is an error. */
  private static void setPassword(GraphDatabaseService system, String password) {
    boolean fresh =
        system.executeTransactionally(
            "SHOW USERS YIELD user, passwordChangeRequired WHERE user = 'neo4j' AND passwordChangeRequired",
            Map.of(),
            result -> result.hasNext());
    if (fresh) {
      system.executeTransactionally(
          "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
          Map.of("password", password));
    }
  }
}
