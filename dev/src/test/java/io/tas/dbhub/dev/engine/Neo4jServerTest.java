package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

class Neo4jServerTest {
  @TempDir private Path directory;
  private final Ports ports = new Ports();

  @Test
  void nodesOutliveAKillAndOnlyThePasswordOpensTheDoor() {
    Login login;
    try (Neo4jServer server = start()) {
      login = server.login();
      try (Driver driver = driver(server, login)) {
        driver.executableQuery("CREATE (:Thing {name: 'kept'})").execute();
      }
      server.process().kill();
    }
    try (Neo4jServer server = start();
        Driver driver = driver(server, login);
        Driver stranger = driver(server, new Login("neo4j", "neo4j"))) {
      assertThat(driver.executableQuery("MATCH (t:Thing) RETURN t.name").execute().records())
          .extracting(row -> row.get(0).asString())
          .containsExactly("kept");
      assertThatThrownBy(stranger::verifyConnectivity).hasMessageContaining("unauthorized");
    }
  }

  private Neo4jServer start() {
    return Neo4jServer.start(new Neo4jServer.Settings(directory, ports.free()));
  }

  private static Driver driver(Neo4jServer server, Login login) {
    return GraphDatabase.driver(server.uri(), AuthTokens.basic(login.user(), login.password()));
  }
}
