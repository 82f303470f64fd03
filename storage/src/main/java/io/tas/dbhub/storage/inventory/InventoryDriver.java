package io.tas.dbhub.storage.inventory;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/**
 * Opens the driver with limits: a Neo4j that is down is known within five seconds, not after the
 * driver's minute of patience. Who waits longer does so in a workflow, where it costs nothing.
 */
public final class InventoryDriver {
  private static final int POOL_SIZE = 50;
  private static final int CONNECT_SECONDS = 2;
  private static final int ACQUIRE_SECONDS = 3;
  private static final int RETRY_SECONDS = 3;
  private static final int IDLE_CHECK_SECONDS = 30;

  private InventoryDriver() {}

  /**
   * Does not connect yet. The caller closes it.
   *
   * @param uri {@code bolt://}, {@code neo4j://}, or those with {@code +s} for TLS
   * @param user empty for a server without authentication
   */
  public static Driver connect(URI uri, String user, String password) {
    AuthToken login = user.isEmpty() ? AuthTokens.none() : AuthTokens.basic(user, password);
    Config config =
        Config.builder()
            .withMaxConnectionPoolSize(POOL_SIZE)
            .withConnectionTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
            .withConnectionAcquisitionTimeout(ACQUIRE_SECONDS, TimeUnit.SECONDS)
            .withMaxTransactionRetryTime(RETRY_SECONDS, TimeUnit.SECONDS)
            .withConnectionLivenessCheckTimeout(IDLE_CHECK_SECONDS, TimeUnit.SECONDS)
            .withTelemetryDisabled(true)
            .build();
    return GraphDatabase.driver(uri, login, config);
  }
}
