package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole life of a connection, on every kind of database that runs here. */
@ExtendWith(RealSystem.class)
class LifecycleTest {
  private final TestSystem system;
  private final Tenant tenant;

  LifecycleTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aPostgresConnectionIsMadeAskedAndTakenAway() {
    liveAndDie(tenant.postgres("lifecycle"));
  }

  @Test
  void aMariaDbConnectionIsMadeAskedAndTakenAway() {
    liveAndDie(tenant.mariadb("lifecycle"));
  }

  @Test
  void aSqliteConnectionIsMadeAskedAndTakenAway() {
    liveAndDie(tenant.sqlite("lifecycle"));
  }

  private void liveAndDie(Map<String, Object> request) {
    String id = tenant.create(request);
    Traces traces = new Traces(system, id);
    JsonNode connected = tenant.awaitConnected(id);
    assertThat(connected.path("status_message").asText()).isEmpty();
    traces.assertExactlyOne();
    assertThat(traces.monitored()).isTrue();

    JsonNode answer =
        tenant.awaitQuery(id, "SELECT name, people FROM towns WHERE people > 20000 ORDER BY name");
    assertThat(answer.path("rows").toString())
        .as(answer.toString())
        .contains("Aarau")
        .doesNotContain("Olten");
    assertThat(answer.path("row_count").asInt()).isEqualTo(1);
    if (request.containsKey("password")) {
      assertThat(traces.dbhubConfiguration()).contains(request.get("password").toString());
    }

    tenant.delete(id);
    traces.assertNothingLeft();
    await().atMost(Tenant.PATIENCE).until(() -> !traces.monitored());
    await()
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(traces.dbhubConfiguration())
                    .doesNotContain(request.get("database").toString())
                    .doesNotContain(
                        request.getOrDefault("password", request.get("database")).toString()));
    assertThat(tenant.query(id, "SELECT 1").status()).isEqualTo(404);
  }
}
