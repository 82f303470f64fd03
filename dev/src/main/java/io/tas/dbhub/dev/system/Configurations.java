package io.tas.dbhub.dev.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.dev.engine.Login;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The configuration files of API and worker. JSON is YAML too, and quotes itself. */
final class Configurations {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Configurations() {}

  static String worker(int port, int adminPort, LocalSystem system) {
    String sqlite = absolute(system.sqliteDirectory());
    return json(
        Map.ofEntries(
            Map.entry("temporal", Map.of("target", system.temporal().target())),
            Map.entry("inventory", inventory(system)),
            Map.entry("journal", journal(system)),
            Map.entry(
                "kubernetes",
                Map.of(
                    "kubeconfig",
                    absolute(system.cluster().worker()),
                    "namespace",
                    ClusterEngine.NAMESPACE)),
            Map.entry("keys", absolute(system.keys())),
            Map.entry("monitoring", system.settings().health()),
            Map.entry(
                "probes",
                Map.of(
                    "allowLoopback",
                    true,
                    "sqliteDirectory",
                    sqlite,
                    // On one machine the engines are neighbours of the targets.
                    "refusedEndpoints",
                    ownEngines(system))),
            // Pods here have no addresses of their own.
            Map.entry("dbhub", Map.of("sqliteHostPath", sqlite, "externalEndpoints", true)),
            // One's own machine.
            Map.entry("queries", Map.of("perHour", 0)),
            Map.entry("server", server(port, adminPort)),
            Map.entry("logging", logging())));
  }

  static String api(int port, int adminPort, LocalSystem system) {
    return json(
        Map.of(
            "temporal", Map.of("target", system.temporal().target()),
            "temporalUi", system.temporal().uiUrl(),
            "inventory", inventory(system),
            "journal", journal(system),
            "auth",
                Map.of(
                    "issuer",
                    Issuer.NAME,
                    "audience",
                    Issuer.AUDIENCE,
                    "jwks",
                    absolute(system.issuer().jwks())),
            "keys", absolute(system.keys()),
            "queries",
                Map.of(
                    "workers",
                    List.of("http://127.0.0.1:" + system.settings().ports().worker()),
                    // One's own machine.
                    "perHour",
                    0),
            "server", server(port, adminPort),
            "logging", logging()));
  }

  private static List<String> ownEngines(LocalSystem system) {
    return List.of(
        system.temporal().target(),
        "127.0.0.1:" + system.settings().ports().neo4j(),
        "127.0.0.1:" + system.settings().ports().kubernetes(),
        "127.0.0.1:" + system.settings().ports().api(),
        "127.0.0.1:" + system.settings().ports().worker(),
        "127.0.0.1:" + system.settings().ports().dbhub());
  }

  private static Map<String, Object> inventory(LocalSystem system) {
    Login login = system.inventoryLogin();
    return Map.of("uri", system.inventoryUri(), "user", login.user(), "password", login.password());
  }

  /** One file, which API and worker share. */
  private static Map<String, Object> journal(LocalSystem system) {
    Path file = system.directory().resolve("journal").resolve("journal.db");
    return Map.of("url", "jdbc:sqlite:" + absolute(file));
  }

  private static Map<String, Object> server(int port, int adminPort) {
    return Map.of(
        "applicationConnectors", List.of(connector(port)),
        "adminConnectors", List.of(connector(adminPort)),
        "requestLog", Map.of("appenders", List.of()));
  }

  private static Map<String, Object> connector(int port) {
    return Map.of("type", "http", "bindHost", "127.0.0.1", "port", port);
  }

  private static Map<String, Object> logging() {
    return Map.of(
        "level",
        "WARN",
        "loggers",
        // A driver's texts can quote a login.
        Map.of("io.tas.dbhub", "INFO", "org.mariadb.jdbc", "OFF"));
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }

  private static String json(Map<String, Object> configuration) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(configuration);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
