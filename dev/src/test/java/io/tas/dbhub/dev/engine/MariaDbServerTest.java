package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MariaDbServerTest {
  private static final Login SHOP = new Login("shop", "pass 'word'");

  @TempDir private Path directory;
  private final Ports ports = new Ports();
  private final Program.Installed program = Needed.installed(Needed.programs().mariadb());

  @Test
  void aDatabaseOutlivesARestartAndTheCertificateCanBeVerified() throws SQLException {
    try (MariaDbServer server = start()) {
      server.createDatabase(
          "shop", SHOP, List.of("CREATE TABLE item (id int)", "INSERT INTO item VALUES (7)"));
    }
    try (MariaDbServer server = start();
        Connection connection = server.connect("shop", SHOP);
        ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM item")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(7);
      Properties properties = new Properties();
      properties.setProperty("user", SHOP.user());
      properties.setProperty("password", SHOP.password());
      properties.setProperty("sslMode", "verify-full");
      properties.setProperty("serverSslCert", server.authority().toString());
      String url = "jdbc:mariadb://localhost:" + server.port() + "/shop";
      try (Connection secure = DriverManager.getConnection(url, properties)) {
        assertThat(secure.isValid(5)).isTrue();
      }
      for (String user : List.of("shop", "root")) {
        assertThatThrownBy(() -> server.connect("", new Login(user, "wrong")))
            .as("a wrong password of " + user)
            .hasMessageContaining("Access denied");
      }
    }
  }

  private MariaDbServer start() {
    return MariaDbServer.start(program, new MariaDbServer.Settings(directory, ports.free()));
  }
}
