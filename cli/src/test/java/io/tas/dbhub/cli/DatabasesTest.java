package io.tas.dbhub.cli;

import static io.tas.dbhub.cli.StandInApi.Reply.json;
import static io.tas.dbhub.cli.StandInApi.Reply.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "0b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11";
  private static final String OTHER = "1b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11";
  private static final String OPERATION = "database-" + ID + "~" + OTHER;

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
  void allPagesOfAListAreShown() {
    api.on(
        "GET",
        "databases",
        json(200, "{\"databases\":[" + database(ID, "a") + "],\"next_cursor\":\"more\"}"),
        json(200, "{\"databases\":[" + database(OTHER, "b") + "]}"));
    assertThat(shell.run("databases", "list", "-o", "name")).as(shell.err()).isZero();
    assertThat(shell.out()).isEqualTo("a\nb\n");
    assertThat(api.requests().get(1).target()).contains("cursor=more", "page_size=100");
  }

  @Test
  void aLimitEndsAListInTheMiddle() {
    api.on(
        "GET",
        "databases",
        json(200, "{\"databases\":[" + database(ID, "a") + "],\"next_cursor\":\"more\"}"));
    assertThat(shell.run("db", "ls", "--limit", "1", "-o", "json")).as(shell.err()).isZero();
    assertThat(api.requests()).hasSize(1);
    assertThat(api.requests().get(0).target()).contains("page_size=1&");
    assertThat(shell.out()).startsWith("{\"databases\":[").endsWith("]}\n").contains(ID);
  }

  @Test
  void filtersAreSentAsTheyWereGiven() {
    api.on("GET", "databases", json(200, "{\"databases\":[]}"));
    shell.run("db", "list", "--label", "team=a&b", "--name", "ü", "--status", "Failed");
    assertThat(api.requests().get(0).target())
        .contains("label=team%3Da%26b", "q=%C3%BC", "status=Failed");
  }

  @Test
  void aNameMeansExactlyOneDatabase() {
    api.on(
            "GET",
            "databases",
            json(200, "{\"databases\":[" + database(ID, "a") + "," + database(OTHER, "aa") + "]}"))
        .on("GET", "databases/" + OTHER, json(200, database(OTHER, "aa")).with("ETag", "\"3\""));
    assertThat(shell.run("databases", "get", "aa")).as(shell.err()).isZero();
    assertThat(shell.out()).contains(OTHER, "ETag         \"3\"");
    assertThat(shell.run("databases", "get", "A")).isEqualTo(3);
    assertThat(shell.err()).contains("\"A\"");
  }

  @Test
  void aNameThatSeveralHaveIsNotGuessed() {
    api.on(
        "GET",
        "databases",
        json(200, "{\"databases\":[" + database(ID, "a") + "," + database(OTHER, "a") + "]}"));
    assertThat(shell.run("databases", "delete", "a", "--yes")).isEqualTo(5);
    assertThat(shell.err()).contains(ID, OTHER);
    assertThat(api.requests("DELETE")).isEmpty();
  }

  @Test
  void jsonIsTheApisOwnAnswer() {
    String answer = "{ \"id\":\"" + ID + "\",   \"unknown\": 1.50 }";
    api.on("GET", "databases/" + ID, json(200, answer));
    assertThat(shell.run("databases", "get", ID, "-o", "json")).isZero();
    assertThat(shell.out()).isEqualTo(answer + "\n");
  }

  @Test
  void escapeSequencesInNamesDoNothingOnATerminal() {
    api.on(
        "GET",
        "databases",
        json(200, "{\"databases\":[" + database(ID, "\\u001b[2J\\u009b") + "]}"));
    for (String format : new String[] {"table", "json", "name"}) {
      assertThat(shell.atTerminal().run("databases", "list", "-o", format)).isZero();
      assertThat(shell.out()).contains("[2J").doesNotContain("\u001b").doesNotContain("\u009b");
    }
  }

  @Test
  void everyOptionIsSentAsItsField() throws IOException {
    api.on("POST", "databases", json(201, database(ID, "orders")));
    Path secret = Files.writeString(home.resolve("secret"), " pa ss \n");
    assertThat(
            shell.run(
                "databases",
                "create",
                "orders",
                "--type=postgres",
                "--host=db.example.com",
                "--port=5433",
                "--database=orders",
                "--username=reader",
                "--password-file=" + secret,
                "--ssl-mode=verify-full",
                "--readonly=false",
                "--max-rows=5",
                "--connection-timeout=6",
                "--query-timeout=7",
                "--label=team=sales",
                "--label=tier=one",
                "--description=All orders",
                "--color=#3b82f6",
                "--active"))
        .as(shell.err())
        .isZero();
    assertThat(JSON.readTree(api.requests().get(0).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"type":"postgres","host":"db.example.com","port":5433,"database":"orders",
                 "username":"reader","password":" pa ss ","ssl_mode":"verify-full",
                 "readonly":false,"max_rows":5,"connection_timeout":6,"query_timeout":7,
                 "labels":{"team":"sales","tier":"one"},"description":"All orders",
                 "color":"#3b82f6","is_active":true,"name":"orders"}"""));
  }

  @Test
  void aPasswordIsAskedForAtATerminalOnly() throws IOException {
    api.on("POST", "databases", json(201, database(ID, "orders")));
    String[] create = {"databases", "create", "orders", "--type=postgres", "--username=reader"};
    assertThat(shell.run(create)).isEqualTo(2);
    assertThat(shell.err()).contains("--password-file", "--password-stdin");
    assertThat(shell.atTerminal("typed").run(create)).as(shell.err()).isZero();
    assertThat(body().path("password").asText()).isEqualTo("typed");
    assertThat(shell.out() + shell.err()).doesNotContain("typed");
  }

  @Test
  void aConnectionStringComesFromStandardInput() throws IOException {
    api.on("POST", "databases", json(201, database(ID, "orders")));
    shell.piping("postgres://reader:secret@db/orders\n");
    assertThat(shell.run("databases", "create", "orders", "--connection-string-stdin")).isZero();
    assertThat(body().path("connection_string").asText())
        .isEqualTo("postgres://reader:secret@db/orders");
  }

  @Test
  void twoSecretsDoNotComeFromOneInput() {
    assertThat(
            shell.run("databases", "create", "a", "--connection-string-stdin", "--password-stdin"))
        .isEqualTo(2);
    assertThat(shell.run("databases", "create", "a", "--password-file", "x", "--password-stdin"))
        .isEqualTo(2);
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void waitingForACreationTellsItsStepsAndHowItEnded() {
    api.on(
            "POST",
            "databases",
            json(202, "{\"database_id\":\"" + ID + "\"}")
                .with("Operation-Location", "/api/v1/operations/" + OPERATION))
        .on(
            "GET",
            "operations/" + OPERATION,
            json(200, operation("running", step("CreateSecret", "retrying", 2))),
            json(200, operation("running", step("CreateSecret", "done", 3))),
            json(200, operation("completed", step("CreateSecret", "done", 3))))
        .on(
            "GET",
            "databases/" + ID,
            json(200, database(ID, "b").replace("Connected", "Pending")),
            json(200, database(ID, "b")));
    assertThat(shell.run("databases", "create", "b", "--type=sqlite", "--wait"))
        .as(shell.err())
        .isZero();
    assertThat(shell.err())
        .isEqualTo(
            """
              CreateSecret: retrying, attempt 2: no (KubernetesUnavailable)
              CreateSecret: done, attempt 3
            """);
    assertThat(shell.out()).contains("Connected");
  }

  @Test
  void aConnectionThatDoesNotWorkEndsTheWaitWithOne() {
    api.on("POST", "databases", json(201, database(ID, "b")))
        .on("GET", "databases/" + ID, json(200, database(ID, "b").replace("Connected", "Failed")));
    assertThat(shell.run("databases", "create", "b", "--type=sqlite", "--wait")).isEqualTo(1);
    assertThat(shell.err()).contains("does not work");
  }

  @Test
  void withoutWaitingTheOperationIsNamed() {
    api.on(
        "PUT",
        "databases/" + ID,
        json(202, "{\"database_id\":\"" + ID + "\"}")
            .with("Operation-Location", "/api/v1/operations/" + OPERATION));
    assertThat(shell.run("databases", "update", ID, "--name", "c", "--if-match", "\"3\"")).isZero();
    assertThat(shell.err()).contains("dbhubctl operations watch " + OPERATION);
    assertThat(api.requests().get(0).headers().getFirst("If-Match")).isEqualTo("\"3\"");
  }

  @Test
  void anUpdateOfNothingIsNotSent() {
    assertThat(shell.run("databases", "update", ID)).isEqualTo(2);
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void nothingIsDeletedUnasked() {
    api.on("GET", "databases/" + ID, json(200, database(ID, "b")))
        .on("DELETE", "databases/" + ID, new StandInApi.Reply(204, java.util.Map.of(), ""));
    assertThat(shell.run("databases", "delete", ID)).isEqualTo(2);
    assertThat(shell.atTerminal("n").run("databases", "delete", ID)).isEqualTo(1);
    assertThat(api.requests("DELETE")).isEmpty();
    assertThat(shell.atTerminal("y").run("databases", "delete", ID)).isZero();
    assertThat(api.requests("DELETE")).hasSize(1);
  }

  @Test
  void aTestThatFailsSaysAtWhichStepAndWhatToDo() {
    api.on(
        "POST",
        "databases/" + ID + "/test",
        json(
            200,
            """
            {"reachable":false,"steps":[{"name":"resolve","ok":true,"duration_ms":1},
             {"name":"connect","ok":false,"duration_ms":3,"error":{"kind":"refused",
              "message":"Nothing listens.","suggestion":"Check the port."}}]}"""));
    assertThat(shell.run("databases", "test", ID)).isEqualTo(1);
    assertThat(shell.out()).contains("resolve  ok", "connect  failed");
    assertThat(shell.err()).contains("at connect: Nothing listens.", "Check the port.");
  }

  @Test
  void newCredentialsComeFromThePrompt() throws IOException {
    api.on("POST", "databases/" + ID + "/credentials", json(200, database(ID, "b")));
    assertThat(shell.run("databases", "rotate", ID)).isEqualTo(2);
    assertThat(shell.atTerminal("fresh").run("databases", "rotate", ID)).isZero();
    assertThat(api.requests().get(0).body()).isEqualTo("{\"password\":\"fresh\"}");
  }

  @Test
  void aRepairThatNeedsCredentialsAsksForThem() {
    api.on(
        "POST",
        "databases/" + ID + "/repair",
        problem(422, "{\"title\":\"Credentials needed\",\"code\":\"CredentialsNeeded\"}"),
        json(200, "{\"id\":\"" + ID + "\",\"put_back\":[\"Secret\"]}"));
    assertThat(shell.atTerminal("reader", "typed").run("databases", "repair", ID)).isZero();
    assertThat(api.requests().get(1).body())
        .isEqualTo("{\"username\":\"reader\",\"password\":\"typed\"}");
    assertThat(shell.err()).contains("Put back: Secret");
  }

  private JsonNode body() throws IOException {
    return JSON.readTree(api.requests("POST").get(0).body());
  }

  private static String database(String id, String name) {
    return """
        {"id":"%s","name":"%s","type":"sqlite","status":"Connected","database":"b.db",
         "is_active":true,"status_message":""}"""
        .formatted(id, name);
  }

  private static String operation(String status, String step) {
    return """
        {"id":"%s","type":"ProvisionDatabase","status":"%s","database_name":"b","steps":[%s]}"""
        .formatted(OPERATION, status, step);
  }

  private static String step(String name, String state, int attempts) {
    return """
        {"name":"%s","state":"%s","attempts":%d,
         "last_error":{"code":"KubernetesUnavailable","message":"no"}}"""
        .formatted(name, state, attempts);
  }
}
