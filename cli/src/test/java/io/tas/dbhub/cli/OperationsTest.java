package io.tas.dbhub.cli;

import static io.tas.dbhub.cli.StandInApi.Reply.json;
import static io.tas.dbhub.cli.StandInApi.Reply.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {
  private static final String ID =
      "database-0b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11~1b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11";

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
  void whatWaitsIsListedWithTheStepItWaitsAt() {
    api.on("GET", "operations", json(200, "{\"operations\":[" + parked() + "]}"));
    assertThat(shell.run("ops", "list", "--attention")).as(shell.err()).isZero();
    assertThat(shell.out()).contains("waits at DeleteSecret", ID);
    assertThat(api.requests().get(0).target()).contains("attention=true");
  }

  @Test
  void watchingEndsWithSevenWhereAPersonIsNeeded() {
    api.on("GET", "operations/" + ID, json(200, parked()));
    assertThat(shell.run("operations", "watch", ID)).isEqualTo(7);
    assertThat(shell.err())
        .contains("waits for a decision at DeleteSecret: refused (KubernetesRefused)")
        .contains("Left: Secret a/b")
        .contains("dbhubctl operations decide " + ID + " retry|abandon --reason WHY");
  }

  @Test
  void onATerminalWhatGoesOnIsWrittenOverAndWhatIsDoneStays() {
    api.on(
        "GET",
        "operations/" + ID,
        json(200, running("{\"name\":\"CreateSecret\",\"state\":\"running\"}")),
        json(200, running("{\"name\":\"CreateSecret\",\"state\":\"done\"}")),
        json(200, "{\"type\":\"X\",\"status\":\"completed\",\"database_name\":\"b\"}"));
    assertThat(shell.atTerminal().run("operations", "watch", ID)).isZero();
    assertThat(shell.err())
        .contains("\r  CreateSecret: running\u001b[K")
        .contains("\r\u001b[K  CreateSecret: done\n")
        .endsWith("\r\u001b[KX of b has completed.\n");
  }

  @Test
  void watchingEndsWithOneWhereTheOperationFailed() {
    api.on(
        "GET",
        "operations/" + ID,
        json(
            200,
            """
            {"type":"RepairDatabase","status":"failed","database_name":"b",
             "error":{"code":"Incomplete","message":"a part is missing"}}"""));
    assertThat(shell.run("operations", "watch", ID)).isEqualTo(1);
    assertThat(shell.err()).contains("RepairDatabase of b has failed: a part is missing");
  }

  @Test
  void watchingOutlivesARestartOfTheServer() {
    api.on(
        "GET",
        "operations/" + ID,
        json(200, "{\"type\":\"X\",\"status\":\"running\"}"),
        problem(503, "{\"title\":\"Temporal unavailable\"}").with("Retry-After", "60"),
        json(200, "{\"type\":\"X\",\"status\":\"completed\",\"database_name\":\"b\"}"));
    assertThat(shell.run("operations", "watch", ID)).as(shell.err()).isZero();
    assertThat(shell.err()).contains("goes on", "X of b has completed");
  }

  @Test
  void aDecisionIsSentWithItsReason() {
    api.on("POST", "operations/" + ID + "/decision", json(200, parked()));
    assertThat(
            shell.run(
                "ops", "decide", ID, "skip", "--reason", "it is gone", "--step", "DeleteSecret"))
        .as(shell.err())
        .isZero();
    assertThat(api.requests().get(0).body())
        .isEqualTo("{\"decision\":\"skip\",\"reason\":\"it is gone\",\"step\":\"DeleteSecret\"}");
  }

  @Test
  void aDecisionThatMakesNoSenseIsAConflict() {
    api.on("POST", "operations/" + ID + "/decision", problem(409, "{\"title\":\"Not now\"}"));
    assertThat(shell.run("ops", "decide", ID, "retry")).isEqualTo(5);
    assertThat(shell.run("ops", "decide", ID, "perhaps")).isEqualTo(2);
  }

  @Test
  void cancellingShowsTheOperation() {
    api.on("POST", "operations/" + ID + "/cancel", json(202, parked()));
    assertThat(shell.run("ops", "cancel", ID, "-o", "name")).isZero();
    assertThat(shell.out()).isEqualTo(ID + "\n");
  }

  @Test
  void whatCannotBeAnIdIsNotAsked() {
    assertThat(shell.run("ops", "get", "../databases")).isEqualTo(3);
    assertThat(api.requests()).isEmpty();
  }

  private static String running(String step) {
    return "{\"type\":\"X\",\"status\":\"running\",\"steps\":[" + step + "]}";
  }

  private static String parked() {
    return """
        {"id":"%s","type":"DeprovisionDatabase","status":"running","attention":true,
         "database_name":"b","parked":{"step":"DeleteSecret","code":"KubernetesRefused",
         "message":"refused","left":["Secret a/b"],"choices":["retry","abandon"]}}"""
        .formatted(ID);
  }
}
