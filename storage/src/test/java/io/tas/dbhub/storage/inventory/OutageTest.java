package io.tas.dbhub.storage.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.model.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

/** The time limits are there so that a test cannot hang; they are far above what is expected. */
@ExtendWith(EmbeddedNeo4j.class)
@Timeout(120)
class OutageTest {
  private static final Scope SCOPE = Samples.newScope();

  @Test
  void nobodyListeningIsUnavailable() throws IOException {
    URI closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = uri(socket.getLocalPort());
    }
    assertUnavailable(closed);
  }

  @Test
  void aServerThatNeverAnswersIsUnavailable() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertUnavailable(uri(socket.getLocalPort()));
    }
  }

  @Test
  void aServerThatFallsSilentIsUnavailableAndComesBack(URI neo4j) throws IOException {
    try (Gate gate = new Gate(neo4j.getPort());
        Driver driver = InventoryDriver.connect(uri(gate.port()), "", "")) {
      DatabaseInventory inventory = new DatabaseInventory(driver);
      awaitAnswer(inventory);

      gate.shut();
      assertThatThrownBy(() -> inventory.find(SCOPE, "id"))
          .isInstanceOf(InventoryUnavailableException.class);

      gate.open();
      awaitAnswer(inventory);
    }
  }

  @Test
  void aBrokenConnectionIsReplacedWithoutAnyoneNoticing(URI neo4j) throws IOException {
    try (Gate gate = new Gate(neo4j.getPort());
        Driver driver = InventoryDriver.connect(uri(gate.port()), "", "")) {
      DatabaseInventory inventory = new DatabaseInventory(driver);
      awaitAnswer(inventory);

      gate.breakConnections();

      assertThat(inventory.find(SCOPE, "id")).isEmpty();
    }
  }

  private static void awaitAnswer(DatabaseInventory inventory) {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreException(InventoryUnavailableException.class)
        .until(() -> inventory.find(SCOPE, "id").isEmpty());
  }

  private static void assertUnavailable(URI uri) {
    try (Driver driver = InventoryDriver.connect(uri, "user", "s3cret")) {
      DatabaseInventory inventory = new DatabaseInventory(driver);
      assertThatThrownBy(inventory::ping)
          .isInstanceOf(InventoryUnavailableException.class)
          .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cret"));
    }
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static URI uri(int port) {
    return URI.create("bolt://127.0.0.1:" + port);
  }
}
