package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.sealing.KeyRing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API starts without what it needs, says what is missing, and is well again by itself. */
final class OutageTest {
  @TempDir private static Path folder;
  private static TestIssuer issuer;
  private static ApiServer api;

  @BeforeAll
  static void startWithoutTemporalAndNeo4j() throws Exception {
    KeyRing.generate(folder.resolve("keys"));
    issuer = new TestIssuer(folder.resolve("jwks.json"));
    api =
        new ApiServer(
            folder,
            "127.0.0.1:" + TestTemporal.freePort(),
            "bolt://127.0.0.1:" + TestTemporal.freePort(),
            "2s",
            (call, sink) -> {
              throw new ProblemException(FailureType.DBHUB_UNAVAILABLE, "DBHub does not answer.");
            });
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void withoutNeo4jReadingSaysSo() {
    unavailable(call("GET", "/databases").send(), "InventoryUnavailable");
  }

  @Test
  void withoutTemporalMakingSaysSo() {
    unavailable(
        call("POST", "/databases").json(RunningApi.body("x")).send(), "TemporalUnavailable");
    unavailable(
        call("POST", "/databases/test").json(RunningApi.body("x")).send(), "TemporalUnavailable");
    unavailable(call("GET", "/operations").send(), "TemporalUnavailable");
    unavailable(call("GET", "/schedules").send(), "TemporalUnavailable");
    unavailable(
        call("GET", "/schedules/7d1b0f5e-0c1d-4b0e-8a55-0f5a3c2f6f0f").send(),
        "TemporalUnavailable");
    unavailable(
        call(
                "GET",
                "/operations/database-7d1b0f5e-0c1d-4b0e-8a55-0f5a3c2f6f0f"
                    + "~7d1b0f5e-0c1d-4b0e-8a55-0f5a3c2f6f0f")
            .send(),
        "TemporalUnavailable");
  }

  @Test
  void withoutTheJournalReadingItSaysSoAndRefusingGoesOn() {
    unavailable(call("GET", "/audit").send(), "JournalUnavailable");
    assertThat(call("POST", "/databases").json("{}").send().status()).isEqualTo(400);
  }

  @Test
  void withoutTheJournalNobodyKnowsWhetherAnAgentsTokenHolds() {
    String token = "dbh_" + "0".repeat(32) + "_" + "A".repeat(43);
    unavailable(api.call("GET", "/api/v1/databases").token(token).send(), "JournalUnavailable");
  }

  @Test
  void withoutDbhubQueriesSaySo() {
    unavailable(
        call("POST", "/databases/7d1b0f5e-0c1d-4b0e-8a55-0f5a3c2f6f0f/query")
            .json("{\"query\": \"SELECT 1\"}")
            .send(),
        "DbhubUnavailable");
  }

  @Test
  void whatIsWrongIsRefusedBeforeAnythingIsAsked() {
    assertThat(call("POST", "/databases").json("{}").send().status()).isEqualTo(400);
  }

  @Test
  void theHealthChecksNameWhatIsDown() {
    Reply health = api.admin("/healthcheck");

    assertThat(health.status()).isEqualTo(500);
    assertThat(health.json().at("/temporal/healthy").asBoolean()).isFalse();
    assertThat(health.json().at("/inventory/healthy").asBoolean()).isFalse();
  }

  @Test
  void withoutTheIssuersKeysNobodyIsRefusedForGood(@TempDir Path other) throws Exception {
    KeyRing.generate(other.resolve("keys"));
    TestIssuer late = new TestIssuer(other.resolve("jwks.json"));
    Files.move(other.resolve("jwks.json"), other.resolve("away.json"));
    try (ApiServer server =
        new ApiServer(other, "127.0.0.1:1", "bolt://127.0.0.1:1", "1s", (call, sink) -> {})) {
      String token = late.token("t", List.of("main"), "viewer");
      ApiServer.Call call = server.call("POST", "/api/v1/databases").token(token);
      unavailable(call.json("{}").send(), "IssuerUnavailable");

      Files.move(other.resolve("away.json"), other.resolve("jwks.json"));

      await()
          .until(
              () ->
                  server.call("POST", "/api/v1/databases").token(token).json("{}").send().status()
                      == 403);
    }
  }

  @Test
  void anAnswerMayTakeLongerThanAConnectionMayBeIdle(@TempDir Path other) throws Exception {
    KeyRing.generate(other.resolve("keys"));
    TestIssuer patient = new TestIssuer(other.resolve("jwks.json"));
    try (ApiServer server =
        new ApiServer(
            other, "127.0.0.1:1", "bolt://127.0.0.1:1", "1s", "200ms", (call, sink) -> {})) {
      unavailable(
          server
              .call("POST", "/api/v1/databases/test")
              .token(patient.token("t", List.of("main"), "operator"))
              .json(RunningApi.body("x"))
              .send(),
          "TemporalUnavailable");
    }
  }

  private static ApiServer.Call call(String method, String path) {
    return api.call(method, "/api/v1" + path).token(issuer.token("t", List.of("main"), "operator"));
  }

  private static void unavailable(Reply reply, String code) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(503);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.header("Retry-After")).matches("[1-9][0-9]*");
  }
}
