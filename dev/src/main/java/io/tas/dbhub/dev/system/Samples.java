package io.tas.dbhub.dev.system;

import static java.util.Map.entry;

import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.engine.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Two small databases to connect to: a bicycle rental in PostgreSQL and a library in SQLite. */
public final class Samples {
  /** A connection to make through REST, and a query that shows it works. */
  public record Sample(String name, Map<String, Object> request, String query) {}

  private static final String BIKES = "bikes";
  private static final String LIBRARY = "library.db";

  private Samples() {}

  /** Creates the PostgreSQL database, unless it is there, with a login of its own. */
  public static Sample bikes(PostgresServer server, Path directory) {
    Login login = new Login("bikes_app", SecretFile.password(directory.resolve("bikes.password")));
    try {
      server.createDatabase(BIKES, login, script("bikes.sql"));
    } catch (SQLException e) {
      throw new EngineException("The sample database could not be created", e);
    }
    return new Sample(
        BIKES,
        Map.ofEntries(
            entry("name", BIKES),
            entry("type", "postgres"),
            entry("host", server.host()),
            entry("port", server.port()),
            entry("database", BIKES),
            entry("username", login.user()),
            entry("password", login.password()),
            entry("ssl_mode", "disable"),
            entry("readonly", true),
            entry("description", "Bicycle rental: stations, bikes and trips"),
            entry("labels", Map.of("environment", "sample"))),
        """
        SELECT s.name AS station, count(*) AS trips, round(avg(t.minutes), 1) AS minutes
        FROM trips t JOIN stations s ON s.id = t.from_station
        GROUP BY s.name ORDER BY trips DESC, station LIMIT 5""");
  }

  /** Creates the SQLite file in the directory that probes and DBHub may read. */
  public static Sample library(Path sqliteDirectory) {
    Path file = sqliteDirectory.resolve(LIBRARY);
    if (!Files.exists(file)) {
      createLibrary(file);
    }
    return new Sample(
        "library",
        Map.of(
            "name",
            "library",
            "type",
            "sqlite",
            "database",
            LIBRARY,
            "readonly",
            true,
            "description",
            "A lending library: books and loans",
            "labels",
            Map.of("environment", "sample")),
        "SELECT title, author, year FROM books ORDER BY year LIMIT 5");
  }

  private static void createLibrary(Path file) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(fresh);
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fresh);
          Statement statement = connection.createStatement()) {
        for (String sql : statements(script("library.sql"))) {
          statement.execute(sql);
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new EngineException("The sample file could not be created", e);
    }
  }

  private static List<String> statements(String script) {
    return Arrays.stream(script.split(";\\s*\n", -1))
        .filter(statement -> !statement.isBlank())
        .toList();
  }

  private static String script(String name) {
    try (InputStream script = Samples.class.getResourceAsStream(name)) {
      if (script == null) {
        throw new IllegalStateException("no such resource: " + name);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
