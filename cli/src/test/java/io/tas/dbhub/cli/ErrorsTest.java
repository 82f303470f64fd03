package io.tas.dbhub.cli;

import static io.tas.dbhub.cli.StandInApi.Reply.json;
import static io.tas.dbhub.cli.StandInApi.Reply.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody is told when something goes wrong, and what a script learns. */
class ErrorsTest {
  private static final String ID = "0b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11";

  @TempDir private Path home;
  private StandInApi api;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    api = new StandInApi();
    shell = Shell.loggedIn(home, api);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aProblemIsToldInWordsWithEveryFieldAndTheCure() {
    api.on(
        "POST",
        "databases",
        problem(
                400,
                """
                {"title":"Invalid","detail":"Two fields are wrong.","suggestion":"Correct them.",
                 "operation":"/api/v1/operations/database-%s~%s",
                 "errors":[{"field":"port","message":"is a number from 1 to 65535"},
                           {"field":"host","message":"is required"}]}"""
                    .formatted(ID, ID))
            .with("X-Request-ID", "req-1"));
    assertThat(shell.run("databases", "create", "books", "--type", "postgres")).isEqualTo(2);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err())
        .isEqualTo(
            """
            dbhubctl: Invalid: Two fields are wrong.
              port is a number from 1 to 65535
              host is required
              What to do: Correct them.
              Operation: dbhubctl operations get database-%s~%s
              Request: req-1
            """
                .formatted(ID, ID));
  }

  @ParameterizedTest
  @CsvSource({
    "400, 2", "401, 4", "403, 4", "404, 3", "409, 5", "412, 5", "413, 2", "422, 1", "429, 6",
    "500, 1", "502, 1", "503, 6", "504, 1"
  })
  void theExitCodeSaysWhatKindOfFailureItWas(int status, int exit) {
    api.on("GET", "databases/" + ID, problem(status, "{\"title\":\"No\"}"));
    assertThat(shell.run("databases", "get", ID)).isEqualTo(exit);
  }

  @Test
  void aServerThatIsNotThereIsSaidToBeSo() {
    api.close();
    assertThat(shell.run("databases", "list")).isEqualTo(6);
    assertThat(shell.err()).contains("Nothing answers at " + api.url(), "DBHUB_URL");
  }

  @Test
  void whatAProxyAnswersIsNotShown() {
    api.on("GET", "databases/" + ID, new StandInApi.Reply(502, java.util.Map.of(), "<b>Oh</b>"));
    assertThat(shell.run("databases", "get", ID)).isEqualTo(1);
    assertThat(shell.err()).contains("status 502").doesNotContain("<b>");
  }

  @Test
  void anEscapeSequenceOfTheServerDoesNothing() {
    api.on("GET", "databases/" + ID, problem(404, "{\"title\":\"\\u001b]0;owned\\u0007\"}"));
    assertThat(shell.run("databases", "get", ID)).isEqualTo(3);
    assertThat(shell.err()).contains("\\x1b]0;owned\\x07").doesNotContain("\u001b");
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    try (StandInApi other = new StandInApi()) {
      api.on(
          "GET",
          "databases",
          new StandInApi.Reply(
              307, java.util.Map.of("Location", other.url() + "/api/v1/databases"), ""));
      assertThat(shell.run("databases", "list")).isEqualTo(1);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void aBusyServerIsAskedAgainWhenItSays() {
    api.on(
        "GET",
        "databases",
        problem(429, "{\"title\":\"Too many requests\"}").with("Retry-After", "3"),
        problem(503, "{\"title\":\"Inventory unavailable\"}").with("Retry-After", "5"),
        json(200, "{\"databases\":[],\"total\":0}"));
    assertThat(shell.run("databases", "list")).isZero();
    assertThat(shell.pauses()).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(5));
  }

  @Test
  void nobodyWaitsForLongerThanIsBearable() {
    api.on(
        "GET",
        "databases",
        problem(429, "{\"title\":\"Too many requests\"}").with("Retry-After", "1800"));
    assertThat(shell.run("databases", "list")).isEqualTo(6);
    assertThat(shell.pauses()).isEmpty();
    assertThat(shell.err()).contains("Try again in 1800 s.");
  }

  @Test
  void aLostAnswerToACreationIsAskedForAgainUnderTheSameKey() {
    api.on(
        "POST",
        "databases",
        StandInApi.lost(),
        json(201, "{\"id\":\"" + ID + "\",\"name\":\"b\"}"));
    assertThat(shell.run("databases", "create", "b", "--type", "sqlite", "--database", "b.db"))
        .as(shell.err())
        .isZero();
    assertThat(api.requests("POST")).hasSize(2);
    assertThat(api.requests("POST").stream().map(r -> r.headers().getFirst("Idempotency-Key")))
        .doesNotContainNull()
        .containsOnly(api.requests().get(0).headers().getFirst("Idempotency-Key"));
  }

  @Test
  void aLostAnswerToAChangeIsNotSentAgain() {
    api.on("PUT", "databases/" + ID, StandInApi.lost());
    assertThat(shell.run("databases", "update", ID, "--color", "#000000")).isEqualTo(6);
    assertThat(api.requests("PUT")).hasSize(1);
    assertThat(shell.err()).contains("look before you repeat");
  }

  @Test
  void aDeletionWhoseAnswerWasLostIsDoneWhenNothingIsLeft() {
    api.on("GET", "databases/" + ID, json(200, "{\"id\":\"" + ID + "\",\"name\":\"b\"}"))
        .on("DELETE", "databases/" + ID, StandInApi.lost(), problem(404, "{\"title\":\"N\"}"));
    assertThat(shell.run("databases", "delete", ID, "--yes")).as(shell.err()).isZero();
  }

  @Test
  void verboseTellsRequestsAndNoToken() {
    api.on("GET", "databases", json(200, "{\"databases\":[],\"total\":0}"));
    assertThat(shell.run("-v", "databases", "list")).isZero();
    assertThat(shell.err()).contains("> GET " + api.url(), "< 200").doesNotContain("a.good.token");
  }

  @Test
  void aMistypedOptionIsNamed() {
    assertThat(shell.run("databases", "list", "--limt", "3")).isEqualTo(2);
    assertThat(shell.err()).contains("--limt", "--limit");
  }
}
