package io.tas.dbhub.activities.dbhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.dbhub.client.DbhubClient;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import io.temporal.failure.ApplicationFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The real DBHub before a real PostgreSQL and a file. */
@EnabledIfSystemProperty(named = "dbhub.home", matches = ".+")
class RealDbhubChecksTest {
  private static final String TOKEN = "the-token";
  private static final String PASSWORD = "right-one";

  @TempDir Path folder;

  @Test
  void dbhubsAnswersAreToldApart() throws Exception {
    Path file = folder.resolve("books.db");
    Files.createFile(file);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      requirePasswords(postgres);
      String toml =
          source("good", postgres.getPort(), "postgres", PASSWORD)
              + source("wrong", postgres.getPort(), "postgres", "wr0ng-one")
              + source("missing", postgres.getPort(), "no_such", PASSWORD)
              + source("nobody", 1, "postgres", PASSWORD)
              + "[[sources]]\nid = 'file'\ntype = 'sqlite'\nlazy = true\ndatabase = '"
              + file
              + "'\n"
              + tool("file");
      try (DbhubProcess dbhub =
          DbhubProcess.start(folder, toml, Map.of("DBHUB_AUTH_TOKEN", TOKEN))) {
        activities(dbhub, TOKEN, "good", "file").verifyThroughDbhub(database());

        assertThat(failure(dbhub, TOKEN, "wrong")).isEqualTo(FailureType.CONNECTION_FAILED);
        assertThat(failure(dbhub, TOKEN, "missing")).isEqualTo(FailureType.CONNECTION_FAILED);
        assertThat(failure(dbhub, TOKEN, "nobody")).isEqualTo(FailureType.TARGET_FAILED);
        assertThat(failure(dbhub, TOKEN, "absent")).isEqualTo(FailureType.DBHUB_UNAVAILABLE);
        assertThat(failure(dbhub, "another", "good")).isEqualTo(FailureType.DBHUB_UNAVAILABLE);
        dbhub.close();
        assertThat(failure(dbhub, TOKEN, "good")).isEqualTo(FailureType.DBHUB_UNAVAILABLE);
      }
    }
  }

  private static DatabaseRef database() {
    return new DatabaseRef("id", new Scope("acme", "sales"));
  }

  private static FailureType failure(DbhubProcess dbhub, String token, String sourceId) {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> activities(dbhub, token, sourceId).verifyThroughDbhub(database()));
    assertThat(failure).as(sourceId).isNotNull();
    assertThat(failure.getMessage()).doesNotContain(PASSWORD, "wr0ng", "no_such", "app");
    return Failures.typeOf(failure);
  }

  private static DbhubActivities activities(DbhubProcess dbhub, String token, String... sourceIds) {
    List<ServingEndpoint> served =
        List.of(sourceIds).stream()
            .map(id -> new ServingEndpoint(new ResourceRef("dbhub", "main"), dbhub.endpoint(), id))
            .toList();
    return new DbhubActivities(
        database -> served, instance -> token, DbhubClient::new, Duration.ofSeconds(30));
  }

  private static String source(String id, int port, String database, String password) {
    return "[[sources]]\nid = '"
        + id
        + "'\ntype = 'postgres'\nlazy = true\nhost = '127.0.0.1'\nport = "
        + port
        + "\ndatabase = '"
        + database
        + "'\nuser = 'app'\npassword = '"
        + password
        + "'\nsslmode = 'disable'\n"
        + tool(id);
  }

  private static String tool(String source) {
    return "[[tools]]\nname = 'execute_sql'\nsource = '" + source + "'\nreadonly = true\n";
  }

  /** Out of the box the embedded server believes everybody. */
  private static void requirePasswords(EmbeddedPostgres postgres) throws SQLException, IOException {
    try (Connection connection =
            DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"));
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE ROLE app LOGIN PASSWORD '" + PASSWORD + "'");
      try (ResultSet rows = sql.executeQuery("SHOW hba_file")) {
        rows.next();
        Path rules = Path.of(rows.getString(1));
        Files.writeString(
            rules, "host all app 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
      }
      sql.execute("SELECT pg_reload_conf()");
    }
    String wrong = postgres.getJdbcUrl("app", "postgres") + "&password=wrong";
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThatThrownBy(() -> DriverManager.getConnection(wrong).close()).isNotNull());
  }
}
