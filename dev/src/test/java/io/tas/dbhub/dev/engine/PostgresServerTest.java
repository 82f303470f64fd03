package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  private static final Login SHOP = new Login("shop", "pass 'word'");

  @TempDir private Path directory;
  private final Ports ports = new Ports();
  private final Program.Installed program = Needed.installed(Needed.programs().postgres());

  @Test
  void aDatabaseOutlivesARestart() throws SQLException {
    try (PostgresServer server = start()) {
      server.createDatabase(
          "shop", SHOP, "CREATE TABLE item (id int); INSERT INTO item VALUES (7);");
    }
    try (PostgresServer server = start()) {
      server.createDatabase("shop", SHOP, "this is not run again");
      try (Connection connection = server.connect("shop", SHOP);
          ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM item")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(7);
      }
      assertThatThrownBy(() -> server.connect("shop", new Login("shop", "wrong")))
          .as("a wrong password")
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void itsCertificateCanBeVerified() throws SQLException {
    try (PostgresServer server = start()) {
      Properties properties = new Properties();
      properties.setProperty("user", server.superuser().user());
      properties.setProperty("password", server.superuser().password());
      properties.setProperty("sslmode", "verify-full");
      properties.setProperty("sslrootcert", server.authority().toString());
      String url = "jdbc:postgresql://localhost:" + server.port() + "/postgres";
      try (Connection connection = DriverManager.getConnection(url, properties);
          ResultSet rows =
              connection
                  .createStatement()
                  .executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getBoolean(1)).isTrue();
      }
    }
  }

  @Test
  void aKilledServerIsReplacedByTheNextStart() throws SQLException {
    PostgresServer killed = start();
    killed.process().kill();
    try (PostgresServer server = start();
        Connection connection = server.connect("postgres", server.superuser())) {
      assertThat(connection.isValid(5)).isTrue();
    } finally {
      killed.close();
    }
  }

  private PostgresServer start() {
    return PostgresServer.start(program, new PostgresServer.Settings(directory, ports.free()));
  }
}
