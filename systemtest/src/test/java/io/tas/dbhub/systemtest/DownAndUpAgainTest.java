package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.system.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database that goes away and comes back leaves that in its history. */
@ExtendWith(RealSystem.class)
class DownAndUpAgainTest {
  private final TestSystem system;
  private final Tenant tenant;

  DownAndUpAgainTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aDatabaseThatWasDownHasItsChangesWithReasonsAndLessThanFullAvailability()
      throws IOException {
    Map<String, Object> request = tenant.sqlite("history");
    String id = tenant.create(request);
    tenant.awaitConnected(id);
    Path file =
        system
            .local()
            .sqliteDirectory()
            .resolve(tenant.id())
            .resolve((String) request.get("database"));
    Path away = file.resolveSibling("away.db");

    Files.move(file, away);
    checkUntil(id, "Failed");
    Files.move(away, file);
    checkUntil(id, "Connected");

    JsonNode history =
        await("what was checked is in the journal")
            .atMost(Tenant.PATIENCE)
            .until(() -> health(id), shown -> told(shown).startsWith("Connected"));
    List<String> statuses = history.path("changes").findValuesAsText("to");
    assertThat(statuses)
        .as(history.toString())
        .containsExactly("Connected", "Degraded", "Failed", "Degraded", "Connected");
    JsonNode failed = history.at("/changes/2");
    assertThat(failed.path("from").asText()).isEqualTo("Degraded");
    assertThat(failed.path("reason").asText()).isNotEmpty().isNotEqualTo("Connected");
    assertThat(failed.path("message").asText()).contains("configuration");
    assertThat(history.at("/changes/1/reason").asText()).isEqualTo("Recovering");
    assertThat(history.path("failures").asLong()).isGreaterThanOrEqualTo(3);
    assertThat(history.path("checks").asLong())
        .isGreaterThanOrEqualTo(history.path("failures").asLong() + 3);
    assertThat(history.path("availability").asDouble()).isStrictlyBetween(0.0, 1.0);
    assertThat(history.at("/latency_ms/max").asLong()).isNotNegative();
    assertThat(history.at("/status_shares/Failed").asDouble()).isPositive();

    tenant.delete(id);
    assertThat(tenant.api().get("databases/" + id + "/health").status()).isEqualTo(404);
  }

  /** One is not enough to change anybody's mind. */
  private void checkUntil(String id, String status) {
    await(status)
        .atMost(Tenant.PATIENCE)
        .until(
            () -> {
              ApiClient.Answer tested = tenant.api().post("databases/" + id + "/test", Map.of());
              assertThat(tested.status()).as(tested.text()).isEqualTo(200);
              return tenant.api().get("databases/" + id).body().path("status").asText();
            },
            status::equals);
  }

  private JsonNode health(String id) {
    return tenant.api().get("databases/" + id + "/health").body();
  }

  /** The statuses, latest first; the first one found is none of these. */
  private static String told(JsonNode health) {
    return health.path("changes").size() < 4 ? "" : health.at("/changes/0/to").asText();
  }
}
