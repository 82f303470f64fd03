package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.system.ApiClient;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection that does not work is made all the same, and says why it does not work. */
@ExtendWith(RealSystem.class)
class FailedConnectionTest {
  private final Tenant tenant;

  FailedConnectionTest(TestSystem system) {
    this.tenant = system.newTenant();
  }

  @Test
  void aWrongPasswordIsToldAsAuthentication() {
    failed(
        Tenant.with(tenant.postgres("password"), Map.of("password", Canaries.password())),
        "authentication");
  }

  @Test
  void aWrongPasswordOfMariaDbIsToldAsAuthentication() {
    failed(
        Tenant.with(tenant.mariadb("password"), Map.of("password", Canaries.password())),
        "authentication");
  }

  @Test
  void aRefusedPortIsToldAsConnection() {
    failed(
        Tenant.with(tenant.postgres("refused"), Map.of("port", new Ports().free())), "connection");
  }

  @Test
  void aServerWithoutTlsIsToldAsTls() {
    // PostgreSQL's "no" to the question for TLS.
    try (HangingTargets withoutTls = new HangingTargets(new byte[] {'N'})) {
      failed(
          Tenant.with(
              tenant.postgres("tls"), Map.of("port", withoutTls.port(), "ssl_mode", "require")),
          "tls");
    }
  }

  @Test
  void anUnknownAuthorityIsToldAsTls() {
    failed(Tenant.with(tenant.postgres("ca"), Map.of("ssl_mode", "verify-full")), "tls");
  }

  @Test
  void aDatabaseThatDoesNotExistIsTold() {
    failed(
        Tenant.with(tenant.postgres("missing"), Map.of("database", "no_such_database")),
        "configuration");
  }

  @Test
  void aSqliteFileThatDoesNotExistIsTold() {
    failed(
        Map.of("name", "no-file", "type", "sqlite", "database", "no-such-file.db"),
        "configuration");
  }

  private void failed(Map<String, Object> request, String kind) {
    ApiClient.Answer created = tenant.api().post("databases", request);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String id = Tenant.id(created);
    String message = tenant.awaitStatus(id, "Failed").path("status_message").asText();
    assertThat(message).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");

    ApiClient.Answer tested = tenant.api().post("databases/" + id + "/test", Map.of());
    assertThat(tested.status()).as(tested.text()).isEqualTo(200);
    assertThat(tested.body().path("reachable").asBoolean()).isFalse();
    JsonNode error =
        StreamSupport.stream(tested.body().path("steps").spliterator(), false)
            .filter(step -> !step.path("ok").asBoolean())
            .map(step -> step.path("error"))
            .findFirst()
            .orElseThrow();
    assertThat(error.path("kind").asText()).as(tested.text()).isEqualTo(kind);
    assertThat(error.path("message").asText()).isNotBlank();
    assertThat(error.path("suggestion").asText()).isNotBlank();
    tenant.delete(id);
  }
}
