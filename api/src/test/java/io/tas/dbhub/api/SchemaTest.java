package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.api.query.QueryCall;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tables a database has, from the catalogue and with its age. */
@ExtendWith(RunningApi.class)
final class SchemaTest {
  private final World world;
  private final World.Tenant ours;
  private final String id;

  SchemaTest(World world) {
    this.world = world;
    this.ours = world.tenant();
    id = ours.create("Atlas").json().path("id").asText();
    ours.settled(id);
  }

  @Test
  void beforeItWasReadThereIsNothingAndItSaysSo() {
    JsonNode schema = get("");

    assertThat(schema.path("tables")).isEmpty();
    assertThat(schema.path("catalogue").path("version").asLong()).isZero();
    assertThat(schema.path("catalogue").path("policy").asText()).isEqualTo("propagate");
    assertThat(schema.path("catalogue").has("age_seconds")).isFalse();
  }

  @Test
  void aRefreshReadsItFirst() {
    JsonNode schema = get("?refresh=true");

    JsonNode towns = schema.path("tables").get(0);
    assertThat(towns.path("name").asText()).isEqualTo("towns");
    assertThat(towns.path("row_count").asLong()).isEqualTo(2);
    assertThat(towns.path("columns").get(0).path("primary_key").asBoolean()).isTrue();
    assertThat(towns.path("columns").get(1).path("default").asText()).isEqualTo("'8000'");
    assertThat(schema.path("catalogue").path("age_seconds").asLong()).isBetween(0L, 60L);
    assertThat(get("?type=database").path("databases").toString()).isEqualTo("[\"atlas\"]");
    assertThat(get("?type=schema").path("schemas").toString()).isEqualTo("[\"pub\\\"lic\"]");
  }

  @Test
  void eachSyncThatFindsSomethingElseIsAVersionAndThePastCanBeAsked() {
    assertThat(sync().path("outcome").asText()).isEqualTo("first");
    Instant between = Instant.now();
    assertThat(sync().path("outcome").asText()).isEqualTo("changed");
    assertThat(sync().path("outcome").asText()).isEqualTo("unchanged");

    assertThat(get("").path("tables").findValuesAsText("table")).isEmpty();
    assertThat(names(get(""))).containsExactly("rivers", "towns");
    assertThat(names(get("?as_of=" + between))).containsExactly("towns");
    JsonNode versions = ok("/databases/" + id + "/schema/changes").path("versions");
    assertThat(versions.findValuesAsText("version")).containsExactly("2", "1");
    JsonNode changes = ok("/databases/" + id + "/schema/changes/2").path("changes");
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).path("kind").asText()).isEqualTo("added");
    assertThat(changes.get(0).path("table").asText()).isEqualTo("rivers");
  }

  @Test
  void aPageEndsWithACursorForTheNext() {
    sync();
    sync();

    JsonNode first = get("?page_size=1");
    JsonNode second = get("?page_size=1&cursor=" + first.path("next_cursor").asText());

    assertThat(names(first)).containsExactly("rivers");
    assertThat(names(second)).containsExactly("towns");
    assertThat(second.has("next_cursor")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type=column",
        "as_of=yesterday",
        "page_size=0",
        "page_size=1001",
        "refresh=yes",
        "as_of=2026-01-01T00:00:00Z&refresh=true",
        "tables=x",
        "cursor=mine"
      })
  void aParameterThatIsWrongIsNamed(String query) {
    Reply reply = ours.get("/databases/" + id + "/schema?" + query);

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("errors")).hasSize(1);
  }

  @Test
  void aPolicyIsOneOfThreeAndHoldsBeforeTheFirstSyncToo() {
    assertThat(policy("{\"policy\": \"approve\"}").json().path("policy").asText())
        .isEqualTo("approve");
    sync();
    assertThat(get("").path("catalogue").path("policy").asText()).isEqualTo("approve");
    assertThat(policy("{\"policy\": \"maybe\"}").status()).isEqualTo(400);
    assertThat(policy("{}").status()).isEqualTo(400);
  }

  @Test
  void aSampleIsAQueryOfTheTableAsTheCatalogueHasIt() {
    sync();

    Reply reply = ours.get("/databases/" + id + "/tables/towns/sample?limit=3");

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    QueryCall asked =
        world.queries.stream().filter(call -> call.databaseId().equals(id)).findFirst().get();
    assertThat(asked.sql()).isEqualTo("SELECT * FROM \"pub\"\"lic\".\"towns\" LIMIT 3");
    assertThat(asked.limits()).isEqualTo(new QueryCall.Limits(3, null, true));
    assertThat(ours.get("/databases/" + id + "/tables/Towns;--/sample").status()).isEqualTo(404);
    assertThat(ours.get("/databases/" + id + "/tables/towns/sample?limit=1001").status())
        .isEqualTo(400);
  }

  @Test
  void relatedTablesAreFoundInBothDirections() {
    sync();
    sync();

    JsonNode towns = ok("/databases/" + id + "/tables/towns/related").path("related").get(0);
    JsonNode rivers = ok("/databases/" + id + "/tables/rivers/related").path("related").get(0);

    assertThat(towns.path("table").asText()).isEqualTo("rivers");
    assertThat(towns.path("direction").asText()).isEqualTo("referencing");
    assertThat(rivers.path("table").asText()).isEqualTo("towns");
    assertThat(rivers.path("direction").asText()).isEqualTo("referenced");
    assertThat(rivers.path("columns").toString()).isEqualTo("[\"town_id\"]");
  }

  @Test
  void aSearchFindsWhatTheCallerSeesAndNothingOfOthers() {
    sync();

    JsonNode hit =
        await().until(() -> search("operator").path("tables"), tables -> tables.size() == 1).get(0);

    assertThat(hit.path("table").asText()).isEqualTo("towns");
    assertThat(hit.path("database").asText()).isEqualTo("Atlas");
    assertThat(hit.path("columns").findValuesAsText("name")).containsExactly("postal_code");
    assertThat(search("viewer").path("tables")).hasSize(1);
    ours.call("PUT", "/databases/" + id + "/grants").json("{\"grants\": []}").send();
    assertThat(search("viewer").path("tables")).isEmpty();
    assertThat(search("operator").path("tables")).hasSize(1);
    String elsewhere = world.issuer.token(ours.id, List.of("other"), "operator");
    Reply other = world.api.call("GET", "/api/v1/search?q=postal").token(elsewhere).send();
    assertThat(other.json().path("tables")).isEmpty();
    assertThat(world.tenant().get("/search?q=postal").json().path("tables")).isEmpty();
  }

  private JsonNode search(String role) {
    String somebody =
        world.issuer.sign(
            TestIssuer.claims(ours.id, List.of("main"), role).subject("somebody").build());
    Reply reply = world.api.call("GET", "/api/v1/search?q=postal").token(somebody).send();
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private Reply policy(String body) {
    return ours.call("PUT", "/databases/" + id + "/schema/policy").json(body).send();
  }

  private JsonNode sync() {
    Reply reply = ours.call("POST", "/databases/" + id + "/schema/sync").send();
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private JsonNode get(String query) {
    return ok("/databases/" + id + "/schema" + query);
  }

  private JsonNode ok(String path) {
    Reply reply = ours.get(path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static List<String> names(JsonNode schema) {
    return StreamSupport.stream(schema.path("tables").spliterator(), false)
        .map(table -> table.path("name").asText())
        .toList();
  }
}
