package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.Waiting;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.InventoryDriver;
import io.tas.dbhub.storage.inventory.QueryTarget;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.neo4j.driver.Driver;

/**
 * A PostgreSQL database with one table, connected through REST and served by DBHub.
 *
 * @param id of the connection
 * @param endpoint the DBHub server that serves it
 * @param dbhubToken what that demands
 */
record Readings(
    String id, PostgresServer server, Login login, ServingEndpoint endpoint, String dbhubToken) {
  static final String NAME = "readings";

  private static final Duration SERVED = Duration.ofMinutes(3);

  /**
   * @param rows of the table
   */
  static Readings in(LocalSystem system, int rows, Steps steps) {
    PostgresServer server = system.postgres(system.settings().ports().all().free());
    Login login = new Login("bench", "bench-" + Long.toHexString(System.nanoTime()));
    try {
      server.createDatabase(NAME, login, script(rows));
    } catch (SQLException e) {
      throw new EngineException("The table could not be made", e);
    }
    ApiClient api = system.api(system.token());
    ApiClient.Answer made =
        Waiting.until(
            "the connection to be made",
            SERVED,
            () ->
                api.post(
                    "databases", request(server, login, rows), Map.of("Idempotency-Key", NAME)),
            answer -> answer.status() == 201);
    String id = made.body().path("id").asText();
    steps.say("target", "%,d rows in PostgreSQL; waiting until DBHub serves it".formatted(rows));
    Waiting.until(
        "the connection to be served",
        SERVED,
        () -> api.post("databases/" + id + "/query", Map.of("query", "SELECT 1")),
        answer -> answer.status() == 200);
    ServingEndpoint endpoint = endpoint(system, id);
    return new Readings(id, server, login, endpoint, token(system, endpoint));
  }

  private static String script(int rows) {
    return """
    CREATE TABLE readings (
      id integer PRIMARY KEY, station text NOT NULL, taken timestamptz NOT NULL,
      value numeric(10, 2), note text);
    INSERT INTO readings
    SELECT n, 'station ' || n %% 97, timestamptz '2026-01-01' + n * interval '1 minute',
      n * 1.37, CASE WHEN n %% 3 = 0 THEN 'seen by "somebody", twice' END
    FROM generate_series(1, %d) AS n;
    ANALYZE readings"""
        .formatted(rows);
  }

  private static Map<String, Object> request(PostgresServer server, Login login, int rows) {
    return Map.of(
        "name",
        NAME,
        "type",
        "postgres",
        "host",
        server.host(),
        "port",
        server.port(),
        "database",
        NAME,
        "username",
        login.user(),
        "password",
        login.password(),
        "ssl_mode",
        "disable",
        "max_rows",
        rows,
        "readonly",
        true);
  }

  private static ServingEndpoint endpoint(LocalSystem system, String id) {
    Login login = system.neo4j().login();
    Scope scope = new Scope(LocalSystem.TENANT, LocalSystem.SPACE);
    try (Driver driver =
        InventoryDriver.connect(URI.create(system.neo4j().uri()), login.user(), login.password())) {
      return new DatabaseInventory(driver)
          .queryTarget(scope, id)
          .flatMap(QueryTarget::endpoint)
          .orElseThrow();
    }
  }

  private static String token(LocalSystem system, ServingEndpoint endpoint) {
    try {
      return KeyRing.load(system.directory().resolve("keys"))
          .dbhubToken(endpoint.instance().namespace(), endpoint.instance().name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Connection connect() throws SQLException {
    return server.connect(NAME, login);
  }
}
