package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.core.model.LoginRights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningApi.class)
final class DatabasesTest {
  private final World world;
  private final World.Tenant ours;

  DatabasesTest(World world) {
    this.world = world;
    this.ours = world.tenant();
  }

  @Test
  void aNewDatabaseIsAnsweredFlatAndBeforeItsProvisioningEnds() {
    Reply reply = ours.create("Orders");

    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    JsonNode database = reply.json();
    String id = database.path("id").asText();
    assertThat(reply.header("Location")).isEqualTo("/api/v1/databases/" + id);
    assertThat(reply.header("ETag")).isEqualTo("\"1\"");
    assertThat(reply.header("Operation-Location"))
        .startsWith("/api/v1/operations/database-" + id + "~");
    assertThat(database.path("name").asText()).isEqualTo("Orders");
    assertThat(database.path("tenant_id").asText()).isEqualTo(ours.id);
    assertThat(database.path("space_id").asText()).isEqualTo("main");
    assertThat(database.path("owner_id").asText()).isEqualTo("ada");
    assertThat(database.path("port").asInt()).isEqualTo(5432);
    assertThat(database.path("ssl_mode").asText()).isEqualTo("require");
    assertThat(database.path("readonly").asBoolean()).isTrue();
    assertThat(database.path("is_active").asBoolean()).isTrue();
    assertThat(database.path("status").asText()).isEqualTo("Pending");
    assertThat(database.path("created_at").asText()).endsWith("Z");
    assertThat(database.path("crd_name").asText()).startsWith("db-");
    assertThat(reply.text()).doesNotContain("correct horse").doesNotContain("reader");
    assertThat(world.activities.opened.get(id).password()).isEqualTo("correct horse");
  }

  @Test
  void aTakenNameIsAConflict() {
    ours.create("Orders");

    Reply reply = ours.create("Orders");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("NameTaken");
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(ours.get("/databases").json().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void whatKubernetesRefusesIsABadGateway() {
    Reply reply = ours.create("refused");

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.code()).isEqualTo("KubernetesRefused");
    assertThat(reply.json().path("detail").asText()).isEqualTo("A quota is used up.");
  }

  @Test
  void whatDoesNotSettleInTimeIsAcceptedWithItsOperation() {
    Reply reply = ours.create("held");

    assertThat(reply.status()).isEqualTo(202);
    String operation = reply.header("Operation-Location");
    assertThat(reply.json().path("operation_location").asText()).isEqualTo(operation);
    Reply shown = ours.get(operation.substring("/api/v1".length()));
    assertThat(shown.json().path("status").asText()).isEqualTo("running");
    assertThat(shown.json().path("current_details").asText()).isNotEmpty();
  }

  @Test
  void aRepeatedRequestMeetsTheSameDatabase() {
    Reply first = keyed("key-1", RunningApi.body("Once"));
    Reply second = keyed("key-1", RunningApi.body("Once"));

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(ours.get("/databases").json().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void aRepeatedRequestJoinsTheOneThatIsStillGoing() {
    Reply first = keyed("key-held", RunningApi.body("held once"));
    Reply second = keyed("key-held", RunningApi.body("held once"));

    assertThat(first.status()).isEqualTo(202);
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.header("Operation-Location")).isEqualTo(first.header("Operation-Location"));
  }

  @Test
  void aKeyBelongsToOneRequest() {
    keyed("key-2", RunningApi.body("One"));

    Reply reply = keyed("key-2", RunningApi.body("Another"));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("IdempotencyKeyReused");
  }

  @Test
  void theSameKeyOfAnotherTenantIsAnotherDatabase() {
    Reply first = keyed("key-3", RunningApi.body("Same"));
    Reply second =
        world
            .tenant()
            .call("POST", "/databases")
            .header("Idempotency-Key", "key-3")
            .json(RunningApi.body("Same"))
            .send();

    assertThat(second.json().path("id")).isNotEqualTo(first.json().path("id"));
  }

  @Test
  void aDatabaseIsShownAnewHoweverOftenForItsStatusChangesBehindTheTag() {
    String id = ours.create("Shown").json().path("id").asText();

    Reply shown = ours.get("/databases/" + id);
    Reply again =
        ours.call("GET", "/databases/" + id).header("If-None-Match", shown.header("ETag")).send();

    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().path("name").asText()).isEqualTo("Shown");
    assertThat(shown.header("Cache-Control")).isEqualTo("no-store");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("ETag")).isEqualTo(shown.header("ETag"));
  }

  @Test
  void anotherTenantsDatabaseIsNotFoundWhateverOneDoesWithIt() {
    Reply made = ours.create("Private");
    String id = made.json().path("id").asText();
    String operation = made.header("Operation-Location").substring("/api/v1".length());
    World.Tenant others = world.tenant();

    assertThat(others.get("/databases/" + id).status()).isEqualTo(404);
    assertThat(others.call("DELETE", "/databases/" + id).send().status()).isEqualTo(404);
    assertThat(others.call("POST", "/databases/" + id + "/test").send().status()).isEqualTo(404);
    assertThat(others.get(operation).status()).isEqualTo(404);
    assertThat(others.get("/databases").json().path("databases")).isEmpty();
    assertThat(ours.get("/databases/" + id).status()).isEqualTo(200);
  }

  @Test
  void listsAreFilteredSortedAndPaged() {
    for (String name : new String[] {"b-one", "a-two", "c-three"}) {
      ours.create(name);
    }

    JsonNode firstPage = ours.get("/databases?sort=name&page_size=2").json();
    String cursor = firstPage.path("next_cursor").asText();
    JsonNode rest = ours.get("/databases?sort=name&page_size=2&cursor=" + cursor).json();

    assertThat(firstPage.path("databases").findValuesAsText("name"))
        .containsExactly("a-two", "b-one");
    assertThat(firstPage.path("total").asInt()).isEqualTo(3);
    assertThat(firstPage.path("page").asInt()).isEqualTo(1);
    assertThat(firstPage.path("page_size").asInt()).isEqualTo(2);
    assertThat(rest.path("databases").findValuesAsText("name")).containsExactly("c-three");
    assertThat(rest.has("next_cursor")).isFalse();
    assertThat(
            ours.get("/databases?q=two&type=postgres")
                .json()
                .path("databases")
                .findValuesAsText("name"))
        .containsExactly("a-two");
  }

  @Test
  void everyWrongParameterOfAListIsNamed() {
    Reply reply =
        ours.get(
            "/databases?page=0&page_size=101&status=Fine&type=oracle&sort=size&label=/x&colour=1");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "page", "page_size", "status", "type", "sort", "label", "colour");
    assertThat(ours.get("/databases?cursor=forged").status()).isEqualTo(400);
  }

  @Test
  void aDeletedDatabaseIsGone() {
    String id = ours.create("Short-lived").json().path("id").asText();

    assertThat(ours.call("DELETE", "/databases/" + id).send().status()).isEqualTo(204);
    assertThat(ours.get("/databases/" + id).status()).isEqualTo(404);
    assertThat(ours.call("DELETE", "/databases/" + id).send().status()).isEqualTo(404);
  }

  @Test
  void aSavedDatabaseIsTriedByItsOwnMonitor() {
    String id = ours.create("Tried").json().path("id").asText();

    Reply reply = ours.call("POST", "/databases/" + id + "/test").send();

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("name").asText()).isEqualTo("Tried");
    assertThat(reply.json().path("status").asText()).isEqualTo("Connected");
    assertThat(reply.json().path("reachable").asBoolean()).isTrue();
    assertThat(reply.json().path("steps").findValuesAsText("name"))
        .containsExactly("resolve", "connect");
  }

  @Test
  void aReadOnlyDatabaseWhoseLoginMayWriteSaysSoThoughItWorks() {
    String id = ours.create("Writable").json().path("id").asText();
    assertThat(ours.get("/databases/" + id).json().path("findings").isArray()).isTrue();
    assertThat(ours.get("/databases/" + id).json().path("findings")).isEmpty();
    world.activities.loginRights = LoginRights.MAY_WRITE;
    try {
      assertThat(ours.call("POST", "/databases/" + id + "/test").send().status()).isEqualTo(200);

      JsonNode told = ours.get("/databases/" + id).json();

      assertThat(told.path("status").asText()).isEqualTo("Connected");
      assertThat(told.at("/findings/0/code").asText()).isEqualTo("login_may_write");
      assertThat(told.at("/findings/0/message").asText()).contains("its login may write");
      assertThat(told.at("/findings/0/suggestion").asText()).contains("SELECT");
      assertThat(
              ours.call("PUT", "/databases/" + id)
                  .json("{\"readonly\": false}")
                  .send()
                  .json()
                  .path("findings"))
          .as("it is meant to")
          .isEmpty();
    } finally {
      world.activities.loginRights = LoginRights.UNASKED;
    }
  }

  @Test
  void whatIsSetAsideIsNotTried() {
    String body = RunningApi.body("Aside").replaceFirst("\\{", "{\"is_active\": false, ");
    Reply made = ours.call("POST", "/databases").json(body).send();

    Reply reply =
        ours.call("POST", "/databases/" + made.json().path("id").asText() + "/test").send();

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("is_active").asBoolean()).isFalse();
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("Inactive");
  }

  @Test
  void aConnectionIsTriedWithoutSavingIt() {
    Reply good = ours.call("POST", "/databases/test").json(RunningApi.body("unsaved")).send();
    Reply bad =
        ours.call("POST", "/databases/test")
            .json(RunningApi.body("unsaved").replace("correct horse", "wrong battery"))
            .send();

    assertThat(good.status()).as(good.text()).isEqualTo(200);
    assertThat(good.json().path("server_version").asText()).isEqualTo("16.1");
    assertThat(good.json().path("read_only_role").asBoolean()).isTrue();
    assertThat(bad.status()).isEqualTo(200);
    assertThat(bad.json().path("reachable").asBoolean()).isFalse();
    assertThat(bad.json().at("/steps/0/error/kind").asText()).isEqualTo("authentication");
    assertThat(bad.text()).doesNotContain("battery");
    assertThat(ours.get("/databases").json().path("total").asInt()).isZero();
  }

  @Test
  void aTestThatDoesNotEndInTimeIsATimeout() {
    Reply reply =
        ours.call("POST", "/databases/test")
            .json(RunningApi.body("x").replace("db.test", "held.test"))
            .send();

    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.code()).isEqualTo("Timeout");
  }

  private Reply keyed(String key, String body) {
    return ours.call("POST", "/databases").header("Idempotency-Key", key).json(body).send();
  }
}
