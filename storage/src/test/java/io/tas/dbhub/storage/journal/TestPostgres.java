package io.tas.dbhub.storage.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real server with one database for journals. */
final class TestPostgres implements AutoCloseable {
  static final String USERNAME = "postgres";

  private final EmbeddedPostgres server;

  TestPostgres() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("max_connections", "100").start();
  }

  /** Makes the database anew. */
  void empty() {
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement sql = admin.createStatement()) {
      sql.execute("DROP DATABASE IF EXISTS journal WITH (FORCE)");
      sql.execute("CREATE DATABASE journal");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/journal";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
