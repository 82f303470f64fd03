package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What REST makes of changes; how they are made is the workflows'. */
@ExtendWith(RunningApi.class)
final class ChangesTest {
  private final World.Tenant ours;
  private final String id;

  ChangesTest(World world) {
    this.ours = world.tenant();
    this.id = ours.create("Orders").json().path("id").asText();
    assertThat(id).isNotEmpty();
    ours.settled(id);
  }

  @Test
  void onlyWhatIsGivenChanges() {
    Reply reply = put("{\"max_rows\": 7, \"host\": null}");

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("max_rows").asInt()).isEqualTo(7);
    assertThat(reply.json().path("host").asText()).isEqualTo("db.test");
    assertThat(reply.header("ETag")).isEqualTo("\"2\"");
    assertThat(reply.header("Operation-Location"))
        .startsWith("/api/v1/operations/database-" + id + "~");
  }

  @Test
  void aChangeThatChangesNothingBeginsNothing() {
    Reply reply = put("{\"name\": \"Orders\", \"port\": 5432}");

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.header("ETag")).isEqualTo("\"1\"");
    assertThat(reply.header("Operation-Location")).isEmpty();
  }

  @Test
  void everyViolationOfTheWholeIsNamed() {
    Reply reply = put("{\"type\": \"mysql\", \"port\": \"1\", \"max_rows\": 0, \"frob\": 1}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("type", "port", "max_rows", "frob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "*", "\"0\", \"1\"", "W/\"1\", \"1\""})
  void aChangeOfTheRevisionThatWasMeantIsMade(String ifMatch) {
    assertThat(put(ifMatch, "{\"max_rows\": 7}").status()).isEqualTo(200);
  }

  @Test
  void theTagOfACompressedAnswerIsGoodForAChange() {
    Reply shown = ours.call("GET", "/databases/" + id).header("Accept-Encoding", "gzip").send();

    assertThat(shown.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(put(shown.header("ETag"), "{\"max_rows\": 7}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "W/\"1\"", "\"\""})
  void aChangeOfAnotherRevisionIsNot(String ifMatch) {
    Reply reply = put(ifMatch, "{\"max_rows\": 7}");

    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.code()).isEqualTo("RevisionChanged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"1", "\"1\" \"2\"", "w/\"1\"", ","})
  void aPreconditionThatIsNoneIsRefused(String ifMatch) {
    Reply reply = put(ifMatch, "{\"max_rows\": 7}");

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("errors").findValuesAsText("field")).containsExactly("If-Match");
  }

  @Test
  void whoIsOvertakenIsToldSoWhenTheyMeantARevision() {
    assertThat(put("\"1\"", "{\"description\": \"raced\"}").status()).isEqualTo(412);
  }

  @Test
  void whoIsOvertakenAgainAndAgainIsAConflict() {
    Reply reply = put("{\"description\": \"raced\"}");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("OperationRunning");
  }

  @Test
  void aConnectionThatDoesNotWorkIsNotTakenOver() {
    Reply reply = put("{\"description\": \"unreachable\"}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("ConnectionFailed");
  }

  @Test
  void aChangeThatLastsIsAcceptedStandsInTheWayAndCanBeCancelled() {
    Reply first = put("{\"description\": \"held\"}");
    Reply second = put("{\"max_rows\": 7}");
    Reply rotation = post("/credentials", "{\"password\": \"battery staple\"}");

    assertThat(first.status()).as(first.text()).isEqualTo(202);
    for (Reply refused : new Reply[] {second, rotation}) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(409);
      assertThat(refused.code()).isEqualTo("OperationRunning");
      assertThat(refused.json().path("operation").asText())
          .isEqualTo(first.header("Operation-Location"));
    }
    String operation = first.header("Operation-Location").substring("/api/v1".length());
    assertThat(ours.get(operation).json().path("cancellable").asBoolean()).isTrue();

    Reply cancelled = ours.call("POST", operation + "/cancel").send();

    assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(202);
    ours.settled(id);
    assertThat(ours.call("POST", operation + "/cancel").send().code()).isEqualTo("NotPossibleNow");
  }

  @Test
  void whatHasAnsweredAndIsAboutToCloseStandsInNobodysWay() {
    assertThat(put("{\"description\": \"told\"}").code()).isEqualTo("Invalid");

    Reply rotation = post("/credentials", "{\"password\": \"battery staple\"}");

    assertThat(rotation.status()).as(rotation.text()).isEqualTo(200);
  }

  @Test
  void aHalfOfTheCredentialsIsRotated() {
    Reply reply = post("/credentials", "{\"password\": \"battery staple\"}");

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.header("ETag")).isNotEmpty();
    assertThat(reply.text()).doesNotContain("staple");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"password\": \"\"}", "{\"username\": 1}", "{\"host\": \"h\"}"})
  void aRotationNeedsWhatItRotatesTo(String body) {
    assertThat(post("/credentials", body).status()).isEqualTo(400);
  }

  @Test
  void aFileHasNothingToRotate() {
    String file =
        ours.call("POST", "/databases")
            .json("{\"name\": \"f\", \"type\": \"sqlite\", \"database\": \"f.db\"}")
            .send()
            .json()
            .path("id")
            .asText();

    Reply reply = ours.call("POST", "/databases/" + file + "/credentials").json("{}").send();

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
  }

  @Test
  void aRepairSaysWhatItHasPutBackOrWhatItNeeds() {
    Reply needs = ours.call("POST", "/databases/" + id + "/repair").send();
    Reply done = post("/repair", "{\"username\": \"u\", \"password\": \"p\"}");

    assertThat(needs.status()).as(needs.text()).isEqualTo(422);
    assertThat(needs.code()).isEqualTo("CredentialsNeeded");
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.json().path("id").asText()).isEqualTo(id);
    assertThat(done.json().at("/put_back/0").asText()).isEqualTo("Secret");
  }

  @Test
  void aBodyThatIsNoJsonIsNotReadAsCredentials() {
    Reply reply =
        ours.call("POST", "/databases/" + id + "/repair")
            .header("Content-Type", "text/plain")
            .body(BodyPublishers.ofString("{\"username\": \"u\", \"password\": \"p\"}"))
            .send();

    assertThat(reply.status()).as(reply.text()).isEqualTo(415);
  }

  private Reply put(String body) {
    return ours.call("PUT", "/databases/" + id).json(body).send();
  }

  private Reply put(String ifMatch, String body) {
    return ours.call("PUT", "/databases/" + id).header("If-Match", ifMatch).json(body).send();
  }

  private Reply post(String path, String body) {
    return ours.call("POST", "/databases/" + id + path).json(body).send();
  }
}
