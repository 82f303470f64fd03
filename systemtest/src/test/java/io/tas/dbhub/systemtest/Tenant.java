package io.tas.dbhub.systemtest;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.system.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A tenant of the test system with one space: makes databases to connect to, and connections. */
final class Tenant {
  /** Everything is ready in seconds on an idle machine; a busy one may take its time. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final List<String> TOWNS =
      List.of(
          "CREATE TABLE towns (name VARCHAR(40), people INTEGER)",
          "INSERT INTO towns VALUES ('Aarau', 21506), ('Olten', 19091)");

  private final TestSystem system;
  private final String id;
  private final String space;
  private final ApiClient api;

  Tenant(TestSystem system, String id, String space) {
    this.system = system;
    this.id = id;
    this.space = space;
    this.api = system.api(id, space);
  }

  Tenant inSpace(String other) {
    return new Tenant(system, id, other);
  }

  String id() {
    return id;
  }

  String space() {
    return space;
  }

  ApiClient api() {
    return api;
  }

  /** A request for a connection to a PostgreSQL database of its own, with two towns in it. */
  Map<String, Object> postgres(String name) {
    Login login = new Login(sqlName(name), Canaries.password());
    try {
      system.postgres().createDatabase(sqlName(name), login, String.join(";", TOWNS));
    } catch (SQLException e) {
      throw new IllegalStateException("no database to connect to", e);
    }
    return networked(name, "postgres", system.postgres().host(), system.postgres().port(), login);
  }

  Map<String, Object> mariadb(String name) {
    Login login = new Login(sqlName(name), Canaries.password());
    try {
      system.mariadb().createDatabase(sqlName(name), login, TOWNS);
    } catch (SQLException e) {
      throw new IllegalStateException("no database to connect to", e);
    }
    return networked(name, "mariadb", system.mariadb().host(), system.mariadb().port(), login);
  }

  /** A request for a file in the tenant's folder, which it names without the folder. */
  Map<String, Object> sqlite(String name) {
    Path file = system.local().sqliteDirectory().resolve(id).resolve(sqlName(name) + ".db");
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement()) {
        for (String sql : TOWNS) {
          statement.execute(sql);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("no database to connect to", e);
    }
    return Map.of("name", name, "type", "sqlite", "database", file.getFileName().toString());
  }

  /** A request for a connection to whatever listens there. */
  static Map<String, Object> networked(
      String name, String type, String host, int port, Login login) {
    return Map.ofEntries(
        entry("name", name),
        entry("type", type),
        entry("host", host),
        entry("port", port),
        entry("database", login.user()),
        entry("username", login.user()),
        entry("password", login.password()),
        entry("ssl_mode", "disable"),
        entry("readonly", true));
  }

  /** The request with other values. */
  static Map<String, Object> with(Map<String, Object> request, Map<String, Object> others) {
    Map<String, Object> changed = new HashMap<>(request);
    changed.putAll(others);
    return changed;
  }

  private String sqlName(String name) {
    return (id + "_" + space + "_" + name)
        .replaceAll("[^A-Za-z0-9]", "_")
        .toLowerCase(java.util.Locale.ROOT);
  }

  /** Makes the connection; its id. What is unavailable is asked again under the same key. */
  String create(Map<String, Object> request) {
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    ApiClient.Answer answer =
        await("a system that is not too busy")
            .atMost(PATIENCE)
            .until(() -> api.post("databases", request, key), now -> now.status() != 503);
    assertThat(answer.status()).as(answer.text()).isIn(201, 202);
    return id(answer);
  }

  static String id(ApiClient.Answer answer) {
    return answer.body().has("id")
        ? answer.body().path("id").asText()
        : answer.body().path("database_id").asText();
  }

  /** The connection once it has the status. */
  JsonNode awaitStatus(String databaseId, String status) {
    return await("status " + status)
        .atMost(PATIENCE)
        .until(
            () -> api.get("databases/" + databaseId).body(),
            now -> now.path("status").asText().equals(status));
  }

  JsonNode awaitConnected(String databaseId) {
    return awaitStatus(databaseId, "Connected");
  }

  ApiClient.Answer query(String databaseId, String sql) {
    return api.post("databases/query", Map.of("database_id", databaseId, "query", sql));
  }

  /** The answer once the connection is there, which creating it may not wait for, and is served. */
  JsonNode awaitQuery(String databaseId, String sql) {
    return await("an answer through DBHub")
        .atMost(PATIENCE)
        .until(() -> query(databaseId, sql), answer -> !Set.of(404, 503).contains(answer.status()))
        .body();
  }

  /** Takes the connection away and waits until it is gone. */
  void delete(String databaseId) {
    // Its provisioning may exist for a moment longer than the answer to it.
    await("a deletion that is accepted")
        .atMost(PATIENCE)
        .until(
            () -> api.delete("databases/" + databaseId),
            answer -> {
              assertThat(answer.status()).as(answer.text()).isIn(202, 204, 404, 409);
              return answer.status() != 409;
            });
    await("gone").atMost(PATIENCE).until(() -> api.get("databases/" + databaseId).status() == 404);
  }
}
