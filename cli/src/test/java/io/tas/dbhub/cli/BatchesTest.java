package io.tas.dbhub.cli;

import static io.tas.dbhub.cli.StandInApi.Reply.json;
import static io.tas.dbhub.cli.StandInApi.Reply.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.cli.StandInApi.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesTest {
  private static final String ID = "0b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11";
  private static final String OTHER = "1b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11";

  @TempDir private Path home;
  private StandInApi api;
  private Shell shell;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    api = new StandInApi();
    shell = Shell.loggedIn(home, api);
    file = Files.writeString(home.resolve("estate.csv"), "name,password\nA,hunter2\n");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void anImportIsOnlyCheckedAndTellsEachProblemByLineAndColumn() {
    api.on("POST", "batches/import", json(201, checked(2, 1)));

    assertThat(shell.run("batches", "import", file.toString())).isEqualTo(2);

    assertThat(shell.out())
        .contains("3: 2 to do, 1 invalid")
        .contains("Line 4 (B\\x1b): port is a number from 1 to 65535");
    assertThat(shell.err()).contains("dbhubctl batches run " + ID + " --only-valid");
    assertThat(api.requests()).hasSize(1);
    assertThat(api.requests().get(0).target())
        .isEqualTo("/api/v1/batches/import?format=csv&name=estate.csv");
    assertThat(api.requests().get(0).body()).isEqualTo("name,password\nA,hunter2\n");
    assertThat(shell.out() + shell.err()).doesNotContain("hunter2");
  }

  @Test
  void rowsThatBreakRulesKeepItFromRunning() {
    api.on("POST", "batches/import", json(201, checked(2, 1)));

    assertThat(shell.run("batches", "import", file.toString(), "--run")).isEqualTo(2);

    assertThat(shell.err()).contains("Nothing was done");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void aRunIsFollowedByItsEventsToItsEnd() {
    api.on("POST", "batches/import", json(201, checked(2, 1)))
        .on("POST", "batches/" + ID + "/run", json(202, batch("running", 2, 0, 1)))
        .on(
            "GET",
            "batches/" + ID + "/events",
            events(
                event("progress", "1", batch("running", 1, 1, 1)),
                event("end", "2", batch("completed", 0, 2, 1))))
        .on("GET", "batches/" + ID, json(200, batch("completed", 0, 2, 1)));

    assertThat(shell.run("batches", "import", file.toString(), "--run", "--only-valid"))
        .as(shell.err())
        .isZero();

    assertThat(api.requests("POST").get(1).target()).endsWith("/run?only_valid=true");
    assertThat(shell.err()).contains("3: 1 to do, 1 done, 1 invalid");
    assertThat(shell.out()).contains("completed", "and 1 more: dbhubctl batches rows " + ID);
  }

  @Test
  void watchingOutlivesARestartAndGoesOnWhereItWas() {
    api.on(
            "GET",
            "batches/" + ID + "/events",
            events(event("progress", "mark-1", batch("running", 1, 1, 0))),
            StandInApi.lost(),
            events(event("end", "mark-2", batch("failed", 0, 1, 0))))
        .on(
            "GET",
            "batches/" + ID,
            json(200, batch("running", 1, 1, 0)),
            json(200, batch("running", 1, 1, 0)),
            json(200, batch("failed", 0, 1, 0)));

    assertThat(shell.run("batches", "watch", ID)).isEqualTo(1);

    assertThat(
            api.requests().stream()
                .filter(request -> request.target().endsWith("/events"))
                .map(request -> String.valueOf(request.headers().getFirst("Last-Event-ID"))))
        .startsWith("null", "mark-1");
  }

  @Test
  void aBarIsWrittenOverOnATerminal() {
    api.on(
            "GET",
            "batches/" + ID + "/events",
            events(
                event("progress", "1", batch("running", 1, 1, 0)),
                event("end", "2", batch("completed", 0, 2, 0))))
        .on("GET", "batches/" + ID, json(200, batch("completed", 0, 2, 0)));

    assertThat(shell.atTerminal().run("batches", "watch", ID)).isZero();

    assertThat(shell.err())
        .contains("\r[" + "#".repeat(15) + ".".repeat(15) + "] 2: 1 to do, 1 done, 2.5/s, 4 s left")
        .endsWith("\r\u001b[K");
  }

  @Test
  void whatWaitsForAPersonHasACodeOfItsOwnAndIsListed() {
    api.on("GET", "batches/" + ID + "/events", problem(503, "{\"title\":\"Down\"}"))
        .on(
            "GET",
            "batches/" + ID,
            json(
                200,
                """
                {"id":"%s","kind":"delete","state":"needs_attention","total":1,
                 "rows":{"attention":1},"waiting":[{"number":1,"name":"A","errors":[],
                 "code":"KubernetesRefused","message":"refused","operation":"database-1~2"}]}"""
                    .formatted(ID)));

    assertThat(shell.run("batches", "watch", ID)).isEqualTo(7);

    assertThat(shell.out())
        .contains("Row 1 (A): KubernetesRefused refused")
        .contains("Decide: dbhubctl operations get database-1~2");
  }

  @Test
  void aBatchOverDatabasesSaysWhichAndWhat() {
    api.on("POST", "batches", json(201, checked(1, 0)));

    assertThat(
            shell.run(
                "batches",
                "update",
                "--label",
                "team=sales",
                "--type",
                "sqlite",
                "--set-label",
                "env=prod",
                "--remove-label",
                "old",
                "--readonly",
                "false",
                "--per-host",
                "2"))
        .as(shell.err())
        .isZero();

    assertThat(api.requests().get(0).body())
        .isEqualTo(
            "{\"kind\":\"update\",\"selector\":{\"label\":\"team=sales\",\"type\":\"sqlite\"},"
                + "\"changes\":{\"set_labels\":{\"env\":\"prod\"},\"remove_labels\":[\"old\"],"
                + "\"readonly\":false},\"per_host\":2}");
    assertThat(shell.run("batches", "delete")).isEqualTo(2);
    assertThat(shell.run("batches", "test", "--all", ID)).isEqualTo(2);
  }

  @Test
  void databasesAreMeantByNameOrId() {
    api.on(
            "GET",
            "databases",
            json(200, "{\"databases\":[{\"id\":\"%s\",\"name\":\"A\"}]}".formatted(OTHER)))
        .on("POST", "batches", json(201, checked(2, 0)));

    assertThat(shell.run("batches", "sync", ID, "A")).as(shell.err()).isZero();

    assertThat(api.requests("POST").get(0).body())
        .isEqualTo("{\"kind\":\"sync\",\"database_ids\":[\"%s\",\"%s\"]}".formatted(ID, OTHER));
  }

  @Test
  void aCommandMakesCredentialsForEachDatabaseThatHasSome() {
    api.on(
            "GET",
            "databases",
            json(
                200,
                """
                {"databases":[{"id":"%s","name":"A","type":"postgres"},
                 {"id":"%s","name":"B","type":"sqlite"}]}"""
                    .formatted(ID, OTHER)))
        .on("POST", "batches/rotate", json(201, checked(1, 0)));

    assertThat(
            shell.run(
                "batches",
                "rotate",
                "--all",
                "--command",
                "echo \"username=u-$DBHUB_NAME\"; echo \"password=p=$DBHUB_ID\""))
        .as(shell.err())
        .isZero();

    assertThat(api.requests("POST").get(0).body())
        .isEqualTo(
            "{\"id\":\"%s\",\"username\":\"u-A\",\"password\":\"p=%s\"}\n".formatted(ID, ID));
  }

  @Test
  void aCommandThatFailsOrSaysSomethingElseSendsNothing() {
    api.on(
        "GET",
        "databases",
        json(
            200,
            "{\"databases\":[{\"id\":\"%s\",\"name\":\"A\",\"type\":\"mysql\"}]}".formatted(ID)));

    assertThat(shell.run("batches", "rotate", "--all", "--command", "exit 3")).isEqualTo(1);
    assertThat(shell.err()).contains("ended with 3 for A");
    assertThat(shell.run("batches", "rotate", "--all", "--command", "echo hunter2")).isEqualTo(1);
    assertThat(shell.err()).contains("neither username").doesNotContain("hunter2");
    assertThat(api.requests("POST")).isEmpty();
  }

  @Test
  void theStandardInputIsSentOnceAndNeedsAFormat() {
    api.on("POST", "batches/import", problem(503, "{\"title\":\"Busy\",\"code\":\"Busy\"}"));

    assertThat(shell.piping("x").run("batches", "import", "-")).isEqualTo(2);
    assertThat(shell.piping("x").run("batches", "import", "-", "--format", "dsn")).isEqualTo(6);

    assertThat(api.requests()).hasSize(1);
    assertThat(api.requests().get(0).body()).isEqualTo("x");
    assertThat(shell.run("batches", "import", home.resolve("none.csv").toString())).isEqualTo(2);
  }

  @Test
  void rowsAreATableOrTheFileOfTheApi() {
    api.on(
        "GET",
        "batches/" + ID + "/rows",
        json(
            200,
            """
            {"rows":[{"number":2,"line":3,"name":"B","state":"failed","errors":[],
             "message":"it broke","operation":"database-1~2"}],"next_after":2}"""),
        json(200, "{\"rows\":[]}"),
        new Reply(200, Map.of("Content-Type", "text/csv"), "number,line\r\n2,3\r\n"));

    assertThat(shell.run("batches", "rows", ID, "--state", "failed")).as(shell.err()).isZero();
    assertThat(shell.out()).contains("2    3     B     failed  it broke  database-1~2");
    assertThat(shell.run("batches", "rows", ID, "-o", "csv")).isZero();
    assertThat(shell.out()).isEqualTo("number,line\n2,3\n");
    assertThat(api.requests().get(1).target()).contains("after=2", "state=failed");
    assertThat(api.requests().get(2).target()).endsWith("/rows?format=csv");
  }

  @Test
  void aBatchIsToldWhatToDo() {
    for (String action : new String[] {"pause", "resume", "cancel"}) {
      api.on("POST", "batches/" + ID + "/" + action, json(202, batch("running", 1, 0, 0)));
      assertThat(shell.run("batches", action, ID, "-o", "name")).as(action).isZero();
      assertThat(shell.out()).isEqualTo(ID + "\n");
    }
    api.on("DELETE", "batches/" + ID, new Reply(204, Map.of(), ""));
    assertThat(shell.run("batches", "forget", ID)).isZero();
    assertThat(shell.run("batches", "get", "../databases")).isEqualTo(3);
  }

  private static Reply events(String... events) {
    return new Reply(
        200,
        Map.of("Content-Type", "text/event-stream"),
        "retry: 2000\n\n" + String.join("", events));
  }

  private static String event(String name, String id, String data) {
    return "event: %s\nid: %s\ndata: %s\n\n: still here\n\n".formatted(name, id, data);
  }

  private static String checked(int pending, int invalid) {
    return """
        {"id":"%s","kind":"import","state":"checked","total":%d,
         "rows":{"pending":%d,"invalid":%d},"problems":[%s]}"""
        .formatted(
            ID,
            pending + invalid,
            pending,
            invalid,
            invalid == 0
                ? ""
                : """
                {"number":3,"line":4,"name":"B\\u001b","errors":[{"field":"port",
                 "message":"is a number from 1 to 65535"}],"code":"","message":""}""");
  }

  private static String batch(String state, int pending, int done, int invalid) {
    return """
        {"id":"%s","kind":"import","state":"%s","total":%d,"rate_per_second":2.5,"eta_seconds":4,\
        "rows":{"pending":%d,"done":%d,"invalid":%d}}"""
        .formatted(ID, state, pending + done + invalid, pending, done, invalid);
  }
}
