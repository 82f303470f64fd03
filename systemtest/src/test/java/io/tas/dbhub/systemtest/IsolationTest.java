package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.system.ApiClient;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever is not in the tenant and the space has never heard of the database. */
@ExtendWith(RealSystem.class)
class IsolationTest {
  private final TestSystem system;
  private final Tenant owner;

  IsolationTest(TestSystem system) {
    this.system = system;
    this.owner = system.newTenant();
  }

  @Test
  void anotherTenantNeverSeesTheDatabase() {
    hidden(system.newTenant());
  }

  @Test
  void anotherSpaceOfTheSameTenantNeverSeesTheDatabase() {
    hidden(owner.inSpace("other"));
  }

  @Test
  void theSameNameMeansAnotherDatabaseInAnotherTenant() {
    Tenant other = system.newTenant();
    String mine = owner.create(owner.sqlite("twin"));
    String theirs = other.create(other.sqlite("twin"));

    assertThat(mine).isNotEqualTo(theirs);
    assertThat(names(owner)).contains("twin");
    assertThat(names(other)).containsExactly("twin");
    other.delete(theirs);
    assertThat(owner.api().get("databases/" + mine).status()).isEqualTo(200);
  }

  private void hidden(Tenant stranger) {
    String name = "hidden-" + stranger.id() + "-" + stranger.space();
    ApiClient.Answer created = owner.api().post("databases", owner.sqlite(name));
    String id = Tenant.id(created);
    owner.awaitConnected(id);
    owner.awaitQuery(id, "SELECT name FROM towns");
    String operation =
        owner.api().get("databases/" + id + "/operations").body().at("/operations/0/id").asText();
    assertThat(owner.api().get("operations/" + operation).status()).isEqualTo(200);

    ApiClient api = stranger.api();
    assertThat(names(stranger)).isEmpty();
    assertThat(api.get("databases?q=" + name).body().path("total").asInt()).isZero();
    notFound(api.get("databases/" + id));
    notFound(api.delete("databases/" + id));
    notFound(api.post("databases/" + id + "/test", Map.of()));
    notFound(stranger.query(id, "SELECT name FROM towns"));
    notFound(api.get("databases/" + id + "/operations"));
    notFound(api.get("operations/" + operation));
    assertThat(api.get("operations").body().path("operations")).isEmpty();

    // And nothing of what the stranger tried had an effect.
    assertThat(owner.api().get("databases/" + id).body().path("status").asText())
        .isEqualTo("Connected");
    owner.delete(id);
  }

  private static void notFound(ApiClient.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
    assertThat(answer.text()).doesNotContain("hidden-");
  }

  private static List<String> names(Tenant tenant) {
    JsonNode list = tenant.api().get("databases?page_size=100").body();
    return StreamSupport.stream(list.path("databases").spliterator(), false)
        .map(database -> database.path("name").asText())
        .toList();
  }
}
