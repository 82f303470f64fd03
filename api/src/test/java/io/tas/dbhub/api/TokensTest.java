package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agent's token does what its issuer may do, and less. */
@ExtendWith(RunningApi.class)
final class TokensTest {
  private final World world;
  private final World.Tenant ours;
  private final String orders;
  private final String sales;

  TokensTest(World world) {
    this.world = world;
    this.ours = world.tenant();
    orders = create("Orders");
    sales = create("Sales");
  }

  @Test
  void aTokenIsShownOnceAndActsForItsIssuer() {
    Reply issued = issue("ann", "analyst", "{\"name\": \"nightly\", \"level\": \"query\"}");
    String token = issued.json().path("token").asText();
    String id = issued.json().path("id").asText();

    assertThat(issued.status()).as(issued.text()).isEqualTo(201);
    assertThat(token).startsWith("dbh_" + id.replace("-", "") + "_");
    assertThat(issued.header("Location")).isEqualTo("/api/v1/tokens/" + id);
    assertThat(issued.header("Cache-Control")).isEqualTo("no-store");
    assertThat(Instant.parse(issued.json().path("expires_at").asText()))
        .isBetween(Instant.now().plusSeconds(29 * 86_400), Instant.now().plusSeconds(31 * 86_400));
    assertThat(total(token)).isEqualTo(2);
    assertThat(query(token, orders).status()).isEqualTo(200);
    Reply listed = as("ann", "analyst", "GET", "/tokens").send();
    assertThat(listed.json().path("total").asInt()).isEqualTo(1);
    assertThat(listed.json().at("/tokens/0/name").asText()).isEqualTo("nightly");
    assertThat(listed.text()).doesNotContain(token, token.substring(37));
  }

  @Test
  void itGoesAsFarAsItsLevelAndItsIssuersRole() {
    String view = token("ed", "editor", "view", "");
    String write = token("ed", "editor", "write", "");

    assertThat(level(view, orders)).isEqualTo("view");
    assertThat(query(view, orders).status()).isEqualTo(403);
    assertThat(level(write, orders)).isEqualTo("write");
    for (Reply refused :
        List.of(
            with(write, "DELETE", "/databases/" + orders).send(),
            with(write, "PUT", "/databases/" + orders).json("{\"max_rows\": 7}").send(),
            with(write, "PUT", "/databases/" + orders + "/grants").json("{\"grants\": []}").send(),
            with(write, "POST", "/databases").json(RunningApi.body("New")).send(),
            with(write, "GET", "/databases/" + orders + "/operations").send(),
            with(write, "GET", "/audit").send(),
            with(write, "GET", "/tokens").send(),
            with(write, "POST", "/tokens").json("{\"name\": \"x\", \"level\": \"view\"}").send())) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    }
    assertThat(issue("vera", "viewer", "{\"name\": \"x\", \"level\": \"query\"}").status())
        .isEqualTo(400);
  }

  @Test
  void anOperatorsTokenSeesWhatOperatorsSeeAndDecidesNothing() {
    hide(orders);
    String token = token("op", "operator", "query", "");

    assertThat(total(token)).isEqualTo(2);
    assertThat(query(token, orders).status()).isEqualTo(200);
    assertThat(with(token, "GET", "/leftovers").send().status()).isEqualTo(403);
    assertThat(with(token, "GET", "/operations?all_spaces=true").send().status()).isEqualTo(403);
  }

  @Test
  void itMayBeForSomeDatabasesOnly() {
    String token = token("ann", "analyst", "query", ", \"databases\": [\"" + orders + "\"]");

    assertThat(total(token)).isEqualTo(1);
    assertThat(query(token, orders).status()).isEqualTo(200);
    assertThat(query(token, sales).status()).isEqualTo(404);
    assertThat(with(token, "GET", "/databases/" + sales).send().status()).isEqualTo(404);
    assertThat(with(token, "GET", "/databases?q=sal").send().json().path("total").asInt()).isZero();
  }

  @Test
  void whatItsIssuerLosesItLoses() {
    String token = token("ann", "analyst", "query", "");
    hide(orders);

    assertThat(query(token, orders).status()).isEqualTo(404);
    assertThat(total(token)).isEqualTo(1);
    assertThat(query(token, sales).status()).isEqualTo(200);
  }

  @Test
  void whatIsRevokedHoldsNoMore() {
    Reply issued = issue("ann", "analyst", "{\"name\": \"n\", \"level\": \"query\"}");
    String id = issued.json().path("id").asText();
    String token = issued.json().path("token").asText();
    assertThat(total(token)).isEqualTo(2);

    assertThat(as("bob", "editor", "DELETE", "/tokens/" + id).send().status()).isEqualTo(404);
    assertThat(as("ann", "viewer", "DELETE", "/tokens/" + id).send().status()).isEqualTo(204);
    assertThat(as("ann", "viewer", "DELETE", "/tokens/" + id).send().status()).isEqualTo(404);

    Reply refused = with(token, "GET", "/databases").send();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate")).contains("invalid_token");
  }

  @Test
  void operatorsSeeAndRevokeEverybodysOfTheSpace() {
    String id =
        issue("ann", "analyst", "{\"name\": \"n\", \"level\": \"query\"}")
            .json()
            .path("id")
            .asText();
    Reply listed = as("op", "operator", "GET", "/tokens").send();

    assertThat(listed.json().at("/tokens/0/issued_by").asText()).isEqualTo("ann");
    assertThat(as("bob", "editor", "GET", "/tokens").send().json().path("total").asInt()).isZero();
    assertThat(as("op", "operator", "DELETE", "/tokens/" + id).send().status()).isEqualTo(204);
  }

  @Test
  void aTokenIsForItsSpace() {
    String token = token("ann", "analyst", "query", "");

    assertThat(with(token, "GET", "/databases").header("X-Space-ID", "main").send().status())
        .isEqualTo(200);
    assertThat(with(token, "GET", "/databases").header("X-Space-ID", "other").send().status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                        | name,level",
        "{'name': ' ', 'level': 'own'}                             | name,level",
        "{'name': 'n', 'level': 'manage'}                          | level",
        "{'name': 'n', 'level': 'view', 'expires_in': 59}          | expires_in",
        "{'name': 'n', 'level': 'view', 'expires_in': 7776001}     | expires_in",
        "{'name': 'n', 'level': 'view', 'expires_at': 'tomorrow'}  | expires_at",
        "{'name': 'n', 'level': 'view', 'expires_at': '2020-01-01T00:00:00Z'} | expires_at",
        "{'name': 'n', 'level': 'view', 'databases': []}           | databases",
        "{'name': 'n', 'level': 'view', 'databases': ['x', 7]}     | databases[0],databases[1]",
        "{'name': 'n', 'level': 'view', 'databases': ['7d1b0f5e-0c1d-4b0e-8a55-0f5a3c2f6f0f']}"
            + " | databases[0]",
        "{'name': 'n', 'level': 'view', 'more': 1}                 | more",
      })
  void everyViolationIsToldAtOnce(String body, String fields) {
    Reply reply = issue("ann", "analyst", body.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(fields.split(","));
  }

  @Test
  void theJournalNamesTheTokenBesideItsIssuer() {
    Reply issued = issue("ed", "editor", "{\"name\": \"nightly\", \"level\": \"query\"}");
    String id = issued.json().path("id").asText();
    with(issued.json().path("token").asText(), "DELETE", "/databases/" + orders).send();
    as("ed", "editor", "DELETE", "/tokens/" + id).send();

    await()
        .untilAsserted(
            () -> {
              Reply audit = ours.get("/audit?object_id=" + id);
              assertThat(audit.json().path("entries").findValuesAsText("action"))
                  .containsExactly("RevokeToken", "IssueToken");
              assertThat(audit.json().at("/entries/1/object_name").asText()).isEqualTo("nightly");
              assertThat(audit.json().at("/entries/1/detail").asText())
                  .startsWith("level query until ");
              Reply refused = ours.get("/audit?outcome=refused&object_id=" + orders);
              assertThat(refused.json().at("/entries/0/actor").asText()).isEqualTo("ed");
              assertThat(refused.json().at("/entries/0/source").asText()).endsWith(" token " + id);
              assertThat(audit.text()).doesNotContain(issued.json().path("token").asText());
            });
  }

  private String create(String name) {
    String id =
        as("olga", "editor", "POST", "/databases")
            .json(RunningApi.body(name))
            .send()
            .json()
            .path("id")
            .asText();
    ours.settled(id);
    return id;
  }

  private void hide(String id) {
    Reply reply =
        as("olga", "editor", "PUT", "/databases/" + id + "/grants").json("{\"grants\": []}").send();
    assertThat(reply.status()).isEqualTo(200);
  }

  private Reply issue(String subject, String role, String body) {
    return as(subject, role, "POST", "/tokens").json(body).send();
  }

  private String token(String subject, String role, String level, String more) {
    Reply reply =
        issue(subject, role, "{\"name\": \"n\", \"level\": \"%s\"%s}".formatted(level, more));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json().path("token").asText();
  }

  private int total(String token) {
    return with(token, "GET", "/databases").send().json().path("total").asInt();
  }

  private String level(String token, String id) {
    return with(token, "GET", "/databases/" + id + "/grants")
        .send()
        .json()
        .path("your_level")
        .asText();
  }

  private Reply query(String token, String id) {
    return with(token, "POST", "/databases/" + id + "/query")
        .json("{\"query\": \"SELECT 1\"}")
        .send();
  }

  private ApiServer.Call with(String token, String method, String path) {
    return world.api.call(method, "/api/v1" + path).token(token);
  }

  private ApiServer.Call as(String subject, String role, String method, String path) {
    return with(
        world.issuer.sign(
            TestIssuer.claims(ours.id, List.of("main"), role).subject(subject).build()),
        method,
        path);
  }
}
