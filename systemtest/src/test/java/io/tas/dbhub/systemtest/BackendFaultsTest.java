package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.system.ApiClient;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults that were measured on the backend before this one, each tried again over REST. */
@ExtendWith(RealSystem.class)
class BackendFaultsTest {
  private final TestSystem system;
  private final Tenant tenant;

  BackendFaultsTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  @DisplayName("fault 15: a new password was answered 200 and changed nothing, or blanked the name")
  void aPasswordAloneChangesThePasswordAndNothingElse() throws SQLException {
    Map<String, Object> request = tenant.postgres("password");
    String id = tenant.create(request);
    tenant.awaitConnected(id);
    Login fresh = new Login(request.get("username").toString(), Canaries.password());
    system.postgres().createDatabase(request.get("database").toString(), fresh, "");

    ApiClient.Answer changed =
        tenant.api().put("databases/" + id, Map.of("password", fresh.password()), Map.of());

    assertThat(changed.status()).as(changed.text()).isIn(200, 202);
    assertThat(tenant.awaitConnected(id).path("status_message").asText()).isEmpty();
    ApiClient.Answer tested = tenant.api().post("databases/" + id + "/test", Map.of());
    assertThat(tested.body().path("reachable").asBoolean()).as(tested.text()).isTrue();
    // The old password is no longer good for anything, so whoever answers has the new one.
    await()
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () -> {
              ApiClient.Answer answer = tenant.query(id, "SELECT current_user AS me");
              assertThat(answer.status()).as(answer.text()).isEqualTo(200);
              assertThat(answer.body().path("rows").toString()).contains(fresh.user());
            });
    tenant.delete(id);
  }

  @Test
  @DisplayName("fault 16: DELETE of a missing or foreign id answered 204")
  void takingAwayWhatIsNotThereOrNotOnesOwnIsNotFound() {
    String id = tenant.create(tenant.sqlite("own"));
    tenant.awaitConnected(id);

    ApiClient stranger = system.newTenant().api();
    assertThat(stranger.delete("databases/" + id).status()).isEqualTo(404);
    assertThat(tenant.api().delete("databases/" + UUID.randomUUID()).status()).isEqualTo(404);

    assertThat(tenant.awaitConnected(id).path("id").asText()).isEqualTo(id);
    tenant.delete(id);
    assertThat(tenant.api().delete("databases/" + id).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("fault 18: read-only and row limits ignored, parameters dropped, columns shuffled")
  void limitsHoldParametersAreBoundAndColumnsKeepTheirOrder() {
    String id = tenant.create(Tenant.with(tenant.postgres("limits"), Map.of("max_rows", 1)));
    tenant.awaitQuery(id, "SELECT name FROM towns");

    JsonNode all = ask(id, "SELECT people, name FROM towns ORDER BY name", List.of()).body();
    assertThat(all.path("row_count").asInt()).isEqualTo(1);
    assertThat(all.path("truncated").asBoolean()).isTrue();
    assertThat(all.path("columns").toString()).isEqualTo("[\"people\",\"name\"]");

    ApiClient.Answer bound =
        ask(id, "SELECT name FROM towns WHERE name = ?", List.of("Olten' OR 'a' = 'a"));
    assertThat(bound.body().path("row_count").asInt()).as(bound.text()).isZero();
    assertThat(
            ask(id, "SELECT name FROM towns WHERE name = ?", List.of("Olten"))
                .body()
                .path("rows")
                .toString())
        .contains("Olten");

    ApiClient.Answer write = ask(id, "DELETE FROM towns", List.of());
    assertThat(write.status()).as(write.text()).isEqualTo(403);
    assertThat(write.body().path("code").asText()).isEqualTo("NotReadOnly");
    tenant.delete(id);
  }

  private ApiClient.Answer ask(String id, String query, List<Object> parameters) {
    return tenant
        .api()
        .post(
            "databases/query", Map.of("database_id", id, "query", query, "parameters", parameters));
  }
}
