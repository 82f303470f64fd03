package io.tas.dbhub.activities.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.InventoryDriver;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Driver;

class InventoryActivitiesTest {
  @Test
  void anUnreachableInventoryIsAFailureThatIsTriedAgain() throws IOException {
    try (Driver driver = InventoryDriver.connect(closedPort(), "neo4j", "s3cret")) {
      InventoryActivities activities =
          new InventoryActivities(new DatabaseInventory(driver), sample -> {});

      ApplicationFailure failure =
          catchThrowableOfType(
              ApplicationFailure.class,
              () -> activities.deleteNode(new DatabaseRef("id", new Scope("tenant", "space"))));

      assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.INVENTORY_UNAVAILABLE);
      assertThat(failure.isNonRetryable()).isFalse();
      assertThat(failure).hasNoCause();
      assertThat(failure.getMessage()).doesNotContain("s3cret");
    }
  }

  private static URI closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("bolt://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
