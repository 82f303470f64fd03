package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** On a real server. */
class PostgresJournalTest extends JournalRules {
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("max_connections", "100").start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  @BeforeEach
  void openJournal() {
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement sql = admin.createStatement()) {
      sql.execute("DROP DATABASE IF EXISTS journal WITH (FORCE)");
      sql.execute("CREATE DATABASE journal");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    super.openJournal();
  }

  @Override
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/journal";
  }

  @Override
  String username() {
    return "postgres";
  }

  @Override
  void tryToOverwrite(Jdbi database, String id) {
    assertThatThrownBy(() -> database.useHandle(handle -> handle.execute("TRUNCATE audit")))
        .hasMessageContaining("append-only");
    assertThatThrownBy(
            () ->
                database.useHandle(
                    handle ->
                        handle.execute(
                            "INSERT INTO audit SELECT * FROM audit WHERE id = ?"
                                + " ON CONFLICT (id) DO UPDATE SET actor = 'eve'",
                            id)))
        .hasMessageContaining("append-only");
  }
}
