package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may do what with a database is said by who manages it, and holds from then on. */
@ExtendWith(RunningApi.class)
final class GrantsTest {
  private static final String NOBODY = "{\"grants\": []}";

  private final World world;
  private final World.Tenant ours;
  private final String id;

  GrantsTest(World world) {
    this.world = world;
    this.ours = world.tenant();
    id =
        as("olga", "editor", "POST", "/databases")
            .json(RunningApi.body("Orders"))
            .send()
            .json()
            .path("id")
            .asText();
    ours.settled(id);
  }

  @Test
  void aNewDatabaseIsForEveryRoleAsFarAsItGoes() {
    Reply shown = grants("vera", "viewer").send();

    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.header("ETag")).isEqualTo("\"0\"");
    assertThat(shown.json().path("grants").toString())
        .isEqualTo(
            "[{\"principal\":\"role:viewer\",\"level\":\"view\"},"
                + "{\"principal\":\"role:analyst\",\"level\":\"query\"},"
                + "{\"principal\":\"role:editor\",\"level\":\"manage\"}]");
    assertThat(shown.json().path("owner_id").asText()).isEqualTo("olga");
    assertThat(level("vera", "viewer")).isEqualTo("view");
    assertThat(level("ann", "analyst")).isEqualTo("query");
    assertThat(level("ed", "editor")).isEqualTo("manage");
    assertThat(level("op", "operator")).isEqualTo("manage");
  }

  @Test
  void whatIsNotGrantedAnyMoreDoesNotExist() {
    Reply replaced = replace("olga", "editor", NOBODY).send();

    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    assertThat(replaced.json().path("your_level").asText()).isEqualTo("manage");
    for (String role : List.of("viewer", "analyst", "editor")) {
      assertThat(get("eve", role, "/databases/" + id).status()).as(role).isEqualTo(404);
      assertThat(grants("eve", role).send().status()).as(role).isEqualTo(404);
      Reply listed = get("eve", role, "/databases");
      assertThat(listed.json().path("total").asInt()).as(role).isZero();
      assertThat(listed.json().path("databases")).as(role).isEmpty();
      assertThat(get("eve", role, "/databases?q=ord").json().path("total").asInt()).isZero();
    }
    assertThat(get("olga", "viewer", "/databases/" + id).status()).isEqualTo(200);
    assertThat(level("olga", "viewer")).isEqualTo("view");
    assertThat(level("op", "operator")).isEqualTo("manage");
    assertThat(ours.get("/databases").json().path("total").asInt()).isEqualTo(1);
  }

  /** What somebody began is theirs to see for as long as the database exists for them. */
  @Test
  void anOperationOfADatabaseThatIsHiddenMeanwhileVanishesForWhoBeganIt() {
    Reply changed =
        as("ed", "editor", "PUT", "/databases/" + id).json("{\"description\": \"x\"}").send();
    assertThat(changed.status()).as(changed.text()).isIn(200, 202);
    String location = changed.header("Operation-Location");
    String operation = location.substring(location.indexOf("/operations/"));
    assertThat(get("ed", "editor", operation).status()).isEqualTo(200);

    replace("olga", "editor", NOBODY).send();

    assertThat(get("ed", "editor", operation).status()).isEqualTo(404);
    assertThat(get("ed", "editor", "/databases/" + id + "/operations").status()).isEqualTo(404);
    assertThat(as("ed", "editor", "POST", operation + "/cancel").send().status()).isEqualTo(404);
    assertThat(ours.get(operation).status()).as("operators see it").isEqualTo(200);

    replace("olga", "editor", list("user:ed view")).send();
    assertThat(get("ed", "editor", operation).status()).isEqualTo(200);
  }

  @Test
  void aSharedQueryDoesNotTellOfADatabaseThatIsNone() {
    String saved =
        as("olga", "editor", "POST", "/saved-queries")
            .json(
                """
                {"name": "Totals", "query": "SELECT 1", "shared": true, "database_id": "%s"}"""
                    .formatted(id))
            .send()
            .json()
            .path("id")
            .asText();
    assertThat(meantFor("ed", saved)).isEqualTo(id);

    replace("olga", "editor", NOBODY).send();

    assertThat(meantFor("ed", saved)).isEmpty();
    Reply listed = get("ed", "editor", "/saved-queries");
    assertThat(listed.json().at("/queries/0/name").asText()).isEqualTo("Totals");
    assertThat(listed.text()).doesNotContain(id);
    assertThat(get("ed", "editor", "/saved-queries?database_id=" + id).json().path("queries"))
        .isEmpty();
    assertThat(meantFor("olga", saved)).isEqualTo(id);
    assertThat(meantFor("op", saved)).as("operators see everything").isEqualTo(id);
  }

  private String meantFor(String subject, String saved) {
    Reply shown =
        get(subject, subject.equals("op") ? "operator" : "editor", "/saved-queries/" + saved);
    assertThat(shown.status()).isEqualTo(200);
    return shown.json().path("database_id").asText();
  }

  @Test
  void aGrantGoesAsFarAsTheRole() {
    replace("olga", "editor", list("user:bob manage")).send();

    assertThat(level("bob", "viewer")).isEqualTo("view");
    assertThat(level("bob", "analyst")).isEqualTo("write");
    assertThat(level("bob", "editor")).isEqualTo("manage");
    assertThat(get("bobby", "editor", "/databases/" + id).status()).isEqualTo(404);
  }

  @Test
  void aRoleHasWhatThoseBelowItHave() {
    replace("olga", "editor", list("role:analyst query")).send();

    assertThat(get("vera", "viewer", "/databases/" + id).status()).isEqualTo(404);
    assertThat(level("ann", "analyst")).isEqualTo("query");
    assertThat(level("ed", "editor")).isEqualTo("query");
  }

  @Test
  void whoSeesItButMayNotIsToldWhatIsNeededAndWhoGivesIt() {
    replace("olga", "editor", list("user:ed query")).send();

    for (ApiServer.Call call :
        List.of(
            as("ed", "editor", "PUT", "/databases/" + id).json("{\"max_rows\": 7}"),
            as("ed", "editor", "DELETE", "/databases/" + id),
            as("ed", "editor", "POST", "/databases/" + id + "/repair"),
            as("ed", "editor", "POST", "/databases/" + id + "/credentials")
                .json("{\"password\": \"p\"}"),
            as("ed", "editor", "GET", "/databases/" + id + "/operations"),
            replace("ed", "editor", NOBODY))) {
      Reply reply = call.send();
      assertThat(reply.status()).as(reply.text()).isEqualTo(403);
      assertThat(reply.code()).isEqualTo("Forbidden");
      assertThat(reply.json().path("detail").asText()).contains("manage", "yours is query");
      assertThat(reply.json().path("suggestion").asText())
          .contains("owner olga", "PUT /api/v1/databases/" + id + "/grants");
    }
    assertThat(
            as("ed", "editor", "POST", "/databases/" + id + "/query")
                .json("{\"query\": \"SELECT 1\"}")
                .send()
                .status())
        .isEqualTo(200);
  }

  @Test
  void everyViolationIsToldAtOnce() {
    Reply reply =
        replace(
                "olga",
                "editor",
                """
                {"grants": [
                  {"principal": "role:operator", "level": "view"},
                  {"principal": "alice", "level": "view"},
                  {"principal": "user:", "level": "own"},
                  {"principal": "user:a\\u202eb", "level": "view", "until": "x"},
                  {"level": "view"},
                  {"principal": "user:bob", "level": "view"},
                  {"principal": "user:bob", "level": "query"},
                  7]}""")
            .send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(
            StreamSupport.stream(reply.json().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText()))
        .containsExactlyInAnyOrder(
            "grants[0].principal",
            "grants[1].principal",
            "grants[2].principal",
            "grants[2].level",
            "grants[3].principal",
            "grants[3].until",
            "grants[4].principal",
            "grants[6].principal",
            "grants[7]");
    assertThat(replace("olga", "editor", "{}").send().status()).isEqualTo(400);
    String many =
        IntStream.range(0, 101)
            .mapToObj(i -> "user:u" + i + " view")
            .collect(Collectors.joining(","));
    assertThat(replace("olga", "editor", list(many.split(","))).send().status()).isEqualTo(400);
    assertThat(grants("olga", "editor").send().header("ETag")).isEqualTo("\"0\"");
  }

  @Test
  void whoWasFasterIsNotOverruled() {
    String seen = grants("olga", "editor").send().header("ETag");
    Reply first = replace("olga", "editor", list("user:bob view")).header("If-Match", seen).send();
    Reply late = replace("ed", "editor", NOBODY).header("If-Match", seen).send();
    Reply lateOwner = replace("olga", "editor", NOBODY).header("If-Match", seen).send();

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("ETag")).isEqualTo("\"1\"");
    assertThat(late.status()).isEqualTo(404);
    assertThat(lateOwner.status()).isEqualTo(412);
    assertThat(level("bob", "viewer")).isEqualTo("view");
    assertThat(get("olga", "editor", "/databases/" + id).header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void theJournalSaysWhoGaveWhatToWhom() {
    replace("olga", "editor", list("user:bob write", "role:viewer query")).send();

    await()
        .untilAsserted(
            () -> {
              Reply audit = ours.get("/audit?action=ReplaceGrants&object_id=" + id);
              assertThat(audit.json().at("/entries/0/actor").asText()).isEqualTo("olga");
              assertThat(audit.json().at("/entries/0/detail").asText().lines())
                  .containsExactlyInAnyOrder(
                      "gave user:bob write",
                      "gave role:viewer query instead of view",
                      "took query from role:analyst",
                      "took manage from role:editor");
            });
  }

  @Test
  void anIdempotencyKeyDoesNotShowWhatIsHidden() {
    Reply made =
        as("olga", "editor", "POST", "/databases")
            .header("Idempotency-Key", "k")
            .json(RunningApi.body("Sales"))
            .send();
    String sales = made.json().path("id").asText();
    ours.settled(sales);
    as("olga", "editor", "PUT", "/databases/" + sales + "/grants").json(NOBODY).send();

    Reply repeated =
        as("eve", "editor", "POST", "/databases")
            .header("Idempotency-Key", "k")
            .json(RunningApi.body("Sales"))
            .send();

    assertThat(repeated.status()).isEqualTo(409);
    assertThat(repeated.text()).doesNotContain(sales);
  }

  @Test
  void whatIsLostIsRepairedByOperators() {
    String nothing = UUID.randomUUID().toString();

    assertThat(
            as("ed", "editor", "POST", "/databases/" + nothing + "/repair")
                .json("{\"username\": \"u\", \"password\": \"p\"}")
                .send()
                .status())
        .isEqualTo(404);
  }

  private String level(String subject, String role) {
    return grants(subject, role).send().json().path("your_level").asText();
  }

  private Reply get(String subject, String role, String path) {
    return as(subject, role, "GET", path).send();
  }

  private ApiServer.Call grants(String subject, String role) {
    return as(subject, role, "GET", "/databases/" + id + "/grants");
  }

  private ApiServer.Call replace(String subject, String role, String json) {
    return as(subject, role, "PUT", "/databases/" + id + "/grants").json(json);
  }

  private ApiServer.Call as(String subject, String role, String method, String path) {
    String token =
        world.issuer.sign(
            TestIssuer.claims(ours.id, List.of("main"), role).subject(subject).build());
    return world.api.call(method, "/api/v1" + path).token(token);
  }

  /** Each is a principal and its level. */
  private static String list(String... grants) {
    return List.of(grants).stream()
        .map(
            grant -> {
              int end = grant.lastIndexOf(' ');
              return "{\"principal\": \"%s\", \"level\": \"%s\"}"
                  .formatted(grant.substring(0, end), grant.substring(end + 1));
            })
        .collect(Collectors.joining(", ", "{\"grants\": [", "]}"));
  }
}
