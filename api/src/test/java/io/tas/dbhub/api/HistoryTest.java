package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.core.audit.AskedQuery;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.model.Scope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was asked, and what was saved, over REST. */
@ExtendWith(RunningApi.class)
final class HistoryTest {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00.123Z");

  private final World world;
  private final World.Tenant ours;

  HistoryTest(World world) {
    this.world = world;
    this.ours = world.tenant();
  }

  @Test
  void whatWasAskedIsShownAsItWas() {
    QueryRecord asked = add("ada", "SELECT nmae", QueryOutcome.SYNTAX, NOON);

    JsonNode shown = ours.get("/queries/" + asked.asked().id()).json();

    assertThat(ours.get("/queries").json().path("queries")).containsExactly(shown);
    assertThat(shown.path("query").asText()).isEqualTo("SELECT nmae");
    assertThat(shown.path("sha256").asText()).isEqualTo(asked.asked().sha256());
    assertThat(shown.path("status").asText()).isEqualTo("syntax");
    assertThat(shown.path("channel").asText()).isEqualTo("rest");
    assertThat(shown.path("started_at").asText()).isEqualTo("2026-05-05T12:00:00.123Z");
    assertThat(shown.path("error").asText()).isEqualTo("what was said");
    assertThat(shown.path("duration_ms").asLong()).isEqualTo(12);
    assertThat(shown.path("rows").asLong()).isEqualTo(3);
    assertThat(shown.path("pinned").asBoolean()).isFalse();
  }

  @Test
  void oneSeesOnesOwnAndAnOperatorEverybodys() {
    String mine = add("ada", "SELECT 1", QueryOutcome.SUCCEEDED, NOON).asked().id();
    String theirs = add("eve", "SELECT 2", QueryOutcome.SUCCEEDED, NOON.plusMillis(1)).asked().id();

    assertThat(ids(ours.get("/queries"))).containsExactly(theirs, mine);
    assertThat(ids(ours.get("/queries?actor=eve"))).containsExactly(theirs);
    assertThat(ids(asAnalyst("GET", "/queries").send())).containsExactly(mine);
    assertThat(ids(asAnalyst("GET", "/queries?actor=ada").send())).containsExactly(mine);
    assertThat(asAnalyst("GET", "/queries?actor=eve").send().status()).isEqualTo(403);
    for (String method :
        List.of("GET /queries/%s", "PUT /queries/%s/pin", "DELETE /queries/%s/pin")) {
      String[] call = method.formatted(theirs).split(" ", 2);
      assertThat(asAnalyst(call[0], call[1]).send().status()).as(method).isEqualTo(404);
      assertThat(ours.call(call[0], call[1]).send().status()).as(method).isLessThan(300);
    }
  }

  @Test
  void everyFilterNarrowsAndPagesFollowEachOther() {
    QueryRecord read = add("ada", "SELECT '50%_off' FROM Orders", QueryOutcome.SUCCEEDED, NOON);
    QueryRecord slow = add("ada", "SELECT 2", QueryOutcome.TIMEOUT, NOON.plusSeconds(60));
    String first = read.asked().id();
    String second = slow.asked().id();

    for (String filter :
        List.of(
            "database_id=" + read.asked().databaseId(),
            "q=" + URLEncoder.encode("50%_OFF", StandardCharsets.UTF_8),
            "status=succeeded",
            "to=2026-05-05T12:01:00Z")) {
      assertThat(ids(ours.get("/queries?" + filter))).as(filter).containsExactly(first);
    }
    for (String filter : List.of("status=failed", "status=timeout", "from=2026-05-05T12:01:00Z")) {
      assertThat(ids(ours.get("/queries?" + filter))).as(filter).containsExactly(second);
    }
    JsonNode page = ours.get("/queries?page_size=1").json();
    assertThat(page.path("queries").findValuesAsText("id")).containsExactly(second);
    assertThat(ids(ours.get("/queries?page_size=1&cursor=" + page.path("next_cursor").asText())))
        .containsExactly(first);
  }

  @Test
  void everyWrongParameterIsNamed() {
    Reply past =
        ours.get(
            "/queries?database_id=1&status=x&from=x&to=y&page_size=0&z=1&q=" + "x".repeat(201));
    assertThat(past.status()).isEqualTo(400);
    assertThat(past.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("database_id", "status", "from", "to", "page_size", "z", "q");
    Reply saved = ours.get("/saved-queries?database_id=1&shared=x&page_size=101&status=x");
    assertThat(saved.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("database_id", "shared", "page_size", "status");
    for (String list : List.of("/queries", "/saved-queries")) {
      assertThat(ours.get(list + "?cursor=forged").status()).isEqualTo(400);
      assertThat(ours.get(list + "?q=%00%25%5F%27%22").status()).isEqualTo(200);
      assertThat(ours.get(list + "/not-an-id").status()).isEqualTo(404);
    }
  }

  @Test
  void aPinIsSetAndTakenAway() {
    String id = add("ada", "SELECT 1", QueryOutcome.SUCCEEDED, NOON).asked().id();
    for (String method : List.of("PUT", "PUT", "DELETE", "DELETE")) {
      assertThat(asAnalyst(method, "/queries/" + id + "/pin").send().status()).isEqualTo(204);
      assertThat(ours.get("/queries/" + id).json().path("pinned").asBoolean())
          .isEqualTo(method.equals("PUT"));
    }
  }

  @Test
  void aTenantThatKeepsHashesOnlyShowsNoText() {
    assertThat(ours.get("/settings/queries").json().path("store_text").asBoolean()).isTrue();
    assertThat(settings("{\"store_text\": \"no\", \"x\": 1}").json().path("errors"))
        .extracting(error -> error.path("field").asText())
        .containsExactlyInAnyOrder("store_text", "x");
    assertThat(settings("{}").status()).isEqualTo(400);
    assertThat(asAnalyst("GET", "/settings/queries").send().status()).isEqualTo(403);

    assertThat(settings("{\"store_text\": false}").json().path("store_text").asBoolean()).isFalse();
    QueryRecord asked = add("ada", "SELECT 'secret'", QueryOutcome.EXECUTION, NOON);

    Reply shown = ours.get("/queries/" + asked.asked().id());
    assertThat(shown.json().path("sha256").asText()).isEqualTo(asked.asked().sha256());
    assertThat(shown.text()).doesNotContain("secret", "what was said");
    assertThat(ours.get("/settings/queries").json().path("store_text").asBoolean()).isFalse();
    assertThat(world.tenant().get("/settings/queries").json().path("store_text").asBoolean())
        .isTrue();
    JsonNode audit = ours.get("/audit?action=ChangeQuerySettings&outcome=succeeded").json();
    assertThat(audit.findValuesAsText("detail")).containsExactly("store_text: false");
    assertThat(ours.get("/audit?action=Query").json().findValuesAsText("detail"))
        .containsExactly("execution sha256:" + asked.asked().sha256());
  }

  @Test
  void aQueryIsSavedChangedAndDeleted() {
    Reply made =
        asAnalyst("POST", "/saved-queries")
            .json(
                """
                {"name": "  Totals ", "description": "of the week", "query": "SELECT ?",
                 "database_id": "b04f2235-0e2e-5784-9416-1b1ba0809ba2", "shared": false}""")
            .send();
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("name").asText()).isEqualTo("Totals");
    assertThat(made.json().path("owner").asText()).isEqualTo("ada");
    String path = "/saved-queries/" + made.json().path("id").asText();
    assertThat(made.header("Location")).endsWith("/api/v1" + path);
    assertThat(asAnalyst("GET", path).send().json()).isEqualTo(made.json());
    assertThat(asAnalyst("GET", "/saved-queries?q=totals").send().json().path("queries"))
        .containsExactly(made.json());

    Reply changed =
        asAnalyst("PUT", path).json("{\"name\": \"Sums\", \"query\": \"SELECT 2\"}").send();
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(asAnalyst("GET", path).send().json()).isEqualTo(changed.json());
    assertThat(changed.json().path("description").asText()).isEmpty();
    assertThat(changed.json().has("database_id")).isFalse();
    assertThat(changed.json().path("created_at")).isEqualTo(made.json().path("created_at"));

    assertThat(asAnalyst("DELETE", path).send().status()).isEqualTo(204);
    assertThat(asAnalyst("DELETE", path).send().status()).isEqualTo(404);
    assertThat(asAnalyst("GET", path).send().status()).isEqualTo(404);
  }

  @Test
  void aNameIsTakenOnceByItsOwner() {
    save(ours.token("analyst"), "Totals", false);
    Reply again = save(ours.token("analyst"), "Totals", true);
    assertThat(again.code()).isEqualTo("NameTaken");
    assertThat(save(eve(), "Totals", false).status()).isEqualTo(201);
    String other = save(ours.token("analyst"), "Sums", false).json().path("id").asText();
    assertThat(
            asAnalyst("PUT", "/saved-queries/" + other)
                .json("{\"name\": \"Totals\", \"query\": \"SELECT 1\"}")
                .send()
                .code())
        .isEqualTo("NameTaken");
  }

  @Test
  void whatIsSharedOthersSeeAndOnlyOwnerAndOperatorChange() {
    String shared = save(eve(), "Shared", true).json().path("id").asText();
    String own = save(eve(), "Own", false).json().path("id").asText();
    String body = "{\"name\": \"Mine\", \"query\": \"SELECT 1\", \"shared\": true}";

    assertThat(ids(asAnalyst("GET", "/saved-queries").send())).containsExactly(shared);
    assertThat(asAnalyst("GET", "/saved-queries/" + own).send().status()).isEqualTo(404);
    assertThat(ours.get("/saved-queries/" + own).status()).isEqualTo(404);
    assertThat(asAnalyst("PUT", "/saved-queries/" + shared).json(body).send().status())
        .isEqualTo(403);
    assertThat(asAnalyst("DELETE", "/saved-queries/" + shared).send().status()).isEqualTo(403);
    assertThat(asAnalyst("DELETE", "/saved-queries/" + own).send().status()).isEqualTo(404);

    Reply changed = ours.call("PUT", "/saved-queries/" + shared).json(body).send();
    assertThat(changed.json().path("owner").asText()).isEqualTo("eve");
    assertThat(ours.call("DELETE", "/saved-queries/" + shared).send().status()).isEqualTo(204);
    assertThat(ours.call("DELETE", "/saved-queries/" + own).send().status()).isEqualTo(404);
  }

  @Test
  void everyWrongFieldOfASavedQueryIsNamed() {
    Reply reply =
        asAnalyst("POST", "/saved-queries")
            .json(
                """
                {"name": "a\\u0000b", "description": 1, "database_id": "x", "query": " ",
                 "shared": "yes", "owner": "eve"}""")
            .send();
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "name", "description", "database_id", "query", "shared", "owner");
    assertThat(
            asAnalyst("POST", "/saved-queries")
                .json("{}")
                .send()
                .json()
                .path("errors")
                .findValuesAsText("field"))
        .containsExactlyInAnyOrder("name", "query");
  }

  private String eve() {
    return world.issuer.sign(
        TestIssuer.claims(ours.id, List.of("main"), "analyst").subject("eve").build());
  }

  private Reply settings(String json) {
    return ours.call("PUT", "/settings/queries").json(json).send();
  }

  private Reply save(String token, String name, boolean shared) {
    return world
        .api
        .call("POST", "/api/v1/saved-queries")
        .token(token)
        .json("{\"name\": \"%s\", \"query\": \"SELECT 1\", \"shared\": %s}".formatted(name, shared))
        .send();
  }

  private ApiServer.Call asAnalyst(String method, String path) {
    return world.api.call(method, "/api/v1" + path).token(ours.token("analyst"));
  }

  private static List<String> ids(Reply reply) {
    return reply.json().path("queries").findValuesAsText("id");
  }

  private QueryRecord add(String actor, String text, QueryOutcome outcome, Instant at) {
    QueryRecord record =
        asked(UUID.randomUUID().toString(), ours.id, actor, text, at)
            .ended(outcome, 12, 3, true, outcome == QueryOutcome.SUCCEEDED ? "" : "what was said");
    world.journal.queries().append(List.of(record));
    return record;
  }

  /** One that somebody asked in the space main of a tenant. */
  static QueryRecord query(String id, String tenant, String text) {
    return asked(id, tenant, "ada", text, NOON).ended(QueryOutcome.SUCCEEDED, 12, 3, true, "");
  }

  private static AskedQuery asked(String id, String tenant, String actor, String text, Instant at) {
    return AskedQuery.of(
        id,
        new Scope(tenant, "main"),
        actor,
        "127.0.0.1",
        QueryChannel.REST,
        UUID.randomUUID().toString(),
        "orders",
        text,
        at);
  }
}
