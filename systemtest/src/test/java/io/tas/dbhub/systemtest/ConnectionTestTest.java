package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.system.ApiClient;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trying a connection, before it is saved and afterwards. */
@ExtendWith(RealSystem.class)
class ConnectionTestTest {
  private final Tenant tenant;

  ConnectionTestTest(TestSystem system) {
    this.tenant = system.newTenant();
  }

  @Test
  void anUnsavedPostgresConnectionIsTriedStepByStep() {
    tried(tenant.postgres("unsaved"), List.of("resolve", "connect", "authenticate", "query"));
  }

  @Test
  void anUnsavedMariaDbConnectionIsTriedStepByStep() {
    tried(tenant.mariadb("unsaved"), List.of("resolve", "connect", "authenticate", "query"));
  }

  @Test
  void anUnsavedConnectionOverTlsIsTriedStepByStep() {
    tried(
        Tenant.with(tenant.postgres("unsaved-tls"), Map.of("ssl_mode", "require")),
        List.of("resolve", "connect", "tls", "authenticate", "query"));
  }

  @Test
  void aTestSavesNothing() {
    tenant.api().post("databases/test", tenant.sqlite("not-saved"));

    assertThat(tenant.api().get("databases").body().path("total").asInt()).isZero();
    assertThat(tenant.api().get("operations").body().path("operations")).isEmpty();
  }

  @Test
  void aTestStopsAtTheStepThatFails() {
    ApiClient.Answer answer =
        tenant
            .api()
            .post(
                "databases/test",
                Tenant.with(
                    tenant.postgres("unsaved-bad"), Map.of("password", Canaries.password())));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body().path("reachable").asBoolean()).isFalse();
    assertThat(steps(answer.body())).endsWith("authenticate").doesNotContain("query");
  }

  @Test
  void aSavedConnectionIsTriedNow() {
    String id = tenant.create(tenant.postgres("saved"));
    tenant.awaitConnected(id);

    ApiClient.Answer answer = tenant.api().post("databases/" + id + "/test", Map.of());

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body().path("id").asText()).isEqualTo(id);
    assertThat(answer.body().path("status").asText()).isEqualTo("Connected");
    assertThat(answer.body().path("reachable").asBoolean()).isTrue();
    assertThat(steps(answer.body())).endsWith("query");
    tenant.delete(id);
  }

  private void tried(Map<String, Object> request, List<String> expected) {
    ApiClient.Answer answer = tenant.api().post("databases/test", request);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode body = answer.body();
    assertThat(body.path("reachable").asBoolean()).as(answer.text()).isTrue();
    assertThat(steps(body)).containsExactlyElementsOf(expected);
    assertThat(body.path("server_version").asText()).isNotBlank();
    assertThat(body.path("tables").asInt()).isEqualTo(1);
    assertThat(body.path("read_only_role").asBoolean(true)).isFalse();
  }

  private static List<String> steps(JsonNode diagnosis) {
    return StreamSupport.stream(diagnosis.path("steps").spliterator(), false)
        .map(step -> step.path("name").asText())
        .toList();
  }
}
