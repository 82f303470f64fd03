package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.dev.engine.Login;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database that never answers costs nobody else anything. */
@ExtendWith(RealSystem.class)
class HangingTargetTest {
  private static final int MANY = 40;

  private final ExecutorService pool = Executors.newFixedThreadPool(MANY);
  private final Tenant tenant;

  HangingTargetTest(TestSystem system) {
    this.tenant = system.newTenant();
  }

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void hangingTargetsDoNotDelayAnotherProvisioning() {
    List<String> hanging;
    try (HangingTargets targets = new HangingTargets(new byte[0])) {
      hanging =
          IntStream.range(0, MANY)
              .mapToObj(i -> request("hanging-" + i, targets.port()))
              .map(request -> CompletableFuture.supplyAsync(() -> tenant.create(request), pool))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      await().atMost(Tenant.PATIENCE).until(() -> targets.hanging() >= MANY / 2);

      String healthy = tenant.create(tenant.sqlite("healthy"));
      tenant.awaitConnected(healthy);

      assertThat(targets.hanging()).as("probes that still hang").isGreaterThan(0);
      tenant.delete(healthy);
      String failed = hanging.get(0);
      assertThat(tenant.awaitStatus(failed, "Failed").path("status_message").asText())
          .isNotEmpty()
          .doesNotContain("Exception");
    }
    // All at once: one after the other each would wait for DBHub to let go of it.
    hanging.stream()
        .map(id -> CompletableFuture.runAsync(() -> tenant.delete(id), pool))
        .toList()
        .forEach(CompletableFuture::join);
  }

  private static Map<String, Object> request(String name, int port) {
    return Tenant.with(
        Tenant.networked(
            name, "postgres", "127.0.0.1", port, new Login("nobody", Canaries.password())),
        Map.of("connection_timeout", 300));
  }
}
