package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.dev.system.ApiClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may ask, and what, is decided with what holds when the query begins. */
@ExtendWith(RealSystem.class)
class AccessTest {
  private static final String READ = "SELECT name FROM towns";
  private static final String WRITE = "INSERT INTO towns VALUES ('Chur', 38000)";

  private final TestSystem system;
  private final Tenant owner;

  AccessTest(TestSystem system) {
    this.system = system;
    this.owner = system.newTenant();
  }

  @Test
  void whoLosesAGrantAsksNothingFromThenOn() {
    String id = owner.create(owner.sqlite("granted"));
    owner.awaitQuery(id, READ);
    ApiClient colleague = colleague("analyst");
    assertThat(ask(colleague, id, READ).status()).isEqualTo(200);

    grant(id, List.of());

    ApiClient.Answer answer = ask(colleague, id, READ);
    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
    grant(id, List.of(Map.of("principal", "user:bob", "level", "query")));
    assertThat(ask(colleague, id, READ).status()).isEqualTo(200);
    owner.delete(id);
  }

  /** What somebody began is theirs to see for as long as the database exists for them. */
  @Test
  void anOperationOfADatabaseThatIsHiddenMeanwhileIsNotListedForWhoBeganIt() {
    ApiClient colleague = colleague("editor");
    String id = owner.create(owner.sqlite("hidden"));
    owner.awaitConnected(id);
    await("nothing else changes it")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> colleague.put("databases/" + id, Map.of("max_rows", 7), Map.of()).status(),
            status -> status == 200 || status == 202);
    await("its operation").atMost(Tenant.PATIENCE).until(() -> operations(colleague).contains(id));

    grant(id, List.of());

    assertThat(operations(colleague)).doesNotContain(id);
    assertThat(operations(owner.api())).as("who sees the database").contains(id);
    grant(id, List.of(Map.of("principal", "user:bob", "level", "view")));
    assertThat(operations(colleague)).contains(id);
    owner.delete(id);
  }

  private static List<String> operations(ApiClient caller) {
    return caller.get("operations").body().path("operations").findValuesAsText("database_id");
  }

  @Test
  void aConnectionThatIsMadeReadOnlyTakesNoWriteFromThenOn() {
    String id = owner.create(Tenant.with(owner.sqlite("writable"), Map.of("readonly", false)));
    owner.awaitQuery(id, READ);
    ApiClient.Answer written = owner.query(id, WRITE);
    assertThat(written.status()).as(written.text()).isEqualTo(200);

    ApiClient.Answer changed =
        owner.api().put("databases/" + id, Map.of("readonly", true), Map.of());
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);

    ApiClient.Answer answer = owner.query(id, WRITE);
    assertThat(answer.status()).as(answer.text()).isEqualTo(403);
    assertThat(answer.body().path("code").asText()).isEqualTo("NotReadOnly");
    owner.delete(id);
  }

  private ApiClient colleague(String role) {
    String token =
        system.local().issuer().token("bob", owner.id(), List.of(owner.space()), List.of(role));
    return system.local().api(token, owner.space(), answer -> {});
  }

  private static ApiClient.Answer ask(ApiClient asker, String id, String sql) {
    return asker.post("databases/" + id + "/query", Map.of("query", sql));
  }

  private void grant(String id, List<Map<String, String>> grants) {
    ApiClient.Answer answer =
        owner.api().put("databases/" + id + "/grants", Map.of("grants", grants), Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }
}
