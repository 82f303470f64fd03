package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.system.ApiClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What batches of each kind do to databases that are there, on the real system. */
@ExtendWith(RealSystem.class)
class BatchKindsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final TestSystem system;
  private final Tenant tenant;

  BatchKindsTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void manyAreTestedReadChangedAndDeletedByOneRequest() {
    List<String> ids =
        List.of("a", "b", "c").stream().map(name -> tenant.create(tenant.sqlite(name))).toList();
    String broken =
        tenant.create(
            Tenant.networked("broken", "postgres", "127.0.0.1", 1, new Login("nobody", "nothing")));

    JsonNode tested = run("test", Map.of());
    assertThat(tested.path("state").asText()).as(tested.toString()).isEqualTo("failed");
    assertThat(tested.at("/rows/done").asInt()).isEqualTo(3);
    JsonNode failed = rows(tested, "failed").get(0);
    assertThat(failed.path("database_id").asText()).as(failed.toString()).isEqualTo(broken);
    assertThat(failed.path("code").asText()).isEqualTo("ConnectionFailed");

    JsonNode synced = run("sync", Map.of());
    assertThat(synced.at("/rows/done").asInt() + synced.at("/rows/unchanged").asInt())
        .as(synced.toString())
        .isEqualTo(3);

    JsonNode updated =
        run("update", Map.of("changes", Map.of("max_rows", 7, "set_labels", Map.of("tier", "2"))));
    assertThat(updated.at("/rows/done").asInt()).as(updated.toString()).isEqualTo(4);
    JsonNode shown = tenant.api().get("databases/" + ids.get(0)).body();
    assertThat(shown.path("max_rows").asInt()).as(shown.toString()).isEqualTo(7);
    assertThat(shown.at("/labels/tier").asText()).isEqualTo("2");

    JsonNode deleted = run("delete", Map.of());
    assertThat(deleted.path("state").asText()).as(deleted.toString()).isEqualTo("completed");
    assertThat(databases()).isZero();
    ids.forEach(id -> new Traces(system, id).assertNothingLeft());
  }

  private JsonNode run(String kind, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("kind", kind);
    body.put("all", true);
    body.put("dry_run", false);
    return ended(begun("batches", body));
  }

  private String begun(String path, Object body) {
    ApiClient.Answer answer = tenant.api().post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.body().path("id").asText();
  }

  private JsonNode ended(String batch) {
    return await("the end of the batch")
        .atMost(PATIENCE)
        .until(() -> batch(batch), now -> !now.path("state").asText().equals("running"));
  }

  private JsonNode batch(String batch) {
    return tenant.api().get("batches/" + batch).body();
  }

  private JsonNode rows(JsonNode batch, String state) {
    ApiClient.Answer answer =
        tenant.api().get("batches/" + batch.path("id").asText() + "/rows?state=" + state);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body().path("rows");
  }

  private int databases() {
    return tenant.api().get("databases?page_size=1").body().path("total").asInt();
  }
}
