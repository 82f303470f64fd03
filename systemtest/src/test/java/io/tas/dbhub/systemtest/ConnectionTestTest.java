package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.tas.dbhub.activities.kubernetes.Conditions;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.system.ApiClient;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trying a connection, before it is saved and afterwards. */
@ExtendWith(RealSystem.class)
class ConnectionTestTest {
  private final TestSystem system;
  private final Tenant tenant;

  ConnectionTestTest(TestSystem system) {
    this.system = system;
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

  /** From what it was until it is cured: by a login that has been granted nothing but SELECT. */
  @Test
  void aReadOnlyConnectionWhoseLoginMayWriteIsTold() throws Exception {
    Map<String, Object> request = tenant.postgres("mayWrite");
    String id = tenant.create(request);
    JsonNode told = awaitFindings(id, 1);
    assertThat(told.path("status").asText()).isEqualTo("Connected");
    assertThat(told.at("/findings/0/code").asText()).isEqualTo("login_may_write");
    assertThat(told.at("/findings/0/suggestion").asText()).contains("SELECT");
    assertThat(condition(told).getStatus()).isEqualTo("False");
    assertThat(condition(told).getReason()).isEqualTo("LoginMayWrite");

    Login reader = new Login(request.get("database") + "_reader", Canaries.password());
    PostgresServer server = system.postgres();
    try (Connection connection =
            server.connect(request.get("database").toString(), server.superuser());
        Statement sql = connection.createStatement()) {
      sql.execute(
          "CREATE ROLE %s LOGIN PASSWORD '%s'"
              .formatted(reader.user(), reader.password().replace("'", "''")));
      sql.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
      sql.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + reader.user());
    }
    ApiClient.Answer rotated =
        await("nothing else changes it, and the system is not too busy")
            .atMost(Tenant.PATIENCE)
            .until(
                () ->
                    tenant
                        .api()
                        .post(
                            "databases/" + id + "/credentials",
                            Map.of("username", reader.user(), "password", reader.password())),
                now -> now.status() != 409 && now.status() != 503);
    assertThat(rotated.status()).as(rotated.text()).isLessThan(300);

    JsonNode cured = awaitFindings(id, 0);
    assertThat(condition(cured).getReason()).isEqualTo("LoginReadOnly");
    JsonNode tested = tenant.api().post("databases/" + id + "/test", Map.of()).body();
    assertThat(tested.path("read_only_role").asBoolean()).isTrue();
    assertThat(tested.path("findings")).isEmpty();
    tenant.delete(id);
  }

  private JsonNode awaitFindings(String id, int number) {
    return await(number + " findings")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> tenant.api().get("databases/" + id).body(),
            now ->
                now.path("status").asText().equals("Connected")
                    && now.path("findings").size() == number);
  }

  private Condition condition(JsonNode database) {
    return Conditions.find(
            system
                .kubernetes()
                .resources(DatabaseResource.class)
                .inNamespace(database.path("crd_namespace").asText())
                .withName(database.path("crd_name").asText())
                .require()
                .getStatus()
                .conditions(),
            Conditions.READ_ONLY_ROLE)
        .orElseThrow();
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
