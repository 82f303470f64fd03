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

class QueryTest {
  private static final String ID = "0b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11";
  private static final String ANSWER =
      """
      {"columns":["name","note","n"],"rows":[
        {"name":"a, \\"b\\"","note":null,"n":1.50},
        {"name":"","note":"x\\u001b[31m\\ny","n":{"k":[1]}}],
       "row_count":2,"truncated":true,"truncated_by":"rows","duration_ms":4}""";

  @TempDir private Path home;
  private StandInApi api;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    api =
        new StandInApi()
            .on("GET", "databases/" + ID, json(200, "{\"id\":\"" + ID + "\"}"))
            .on("POST", "databases/" + ID + "/query", json(200, ANSWER));
    shell = Shell.loggedIn(home, api);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aTableHasALineForEachRowAndNamesWhatIsMissing() {
    assertThat(shell.run("databases", "query", ID, "SELECT 1")).as(shell.err()).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            name    note          n
            a, "b"  NULL          1.50
                    x\\x1b[31m\\ny  {"k":[1]}
            """);
    assertThat(shell.err()).contains("2 rows.", "There are more rows", "Took 4 ms.");
  }

  @Test
  void csvGivesAProgramEveryCharacter() {
    assertThat(shell.run("databases", "query", ID, "SELECT 1", "-o", "csv")).isZero();
    assertThat(shell.out())
        .isEqualTo(
            "name,note,n\n\"a, \"\"b\"\"\",,1.50\n\"\",\"x\u001b[31m\ny\",\"{\"\"k\"\":[1]}\"\n");
    assertThat(shell.err()).contains("There are more rows");
  }

  @Test
  void csvOnATerminalObeysNothing() {
    shell.atTerminal();
    assertThat(shell.run("databases", "query", ID, "SELECT 1", "-o", "csv")).isZero();
    assertThat(shell.out()).contains("\\x1b[31m").doesNotContain("\u001b");
  }

  @Test
  void ndjsonHasAnObjectInEachLine() throws IOException {
    assertThat(shell.run("databases", "query", ID, "SELECT 1", "-o", "ndjson")).isZero();
    assertThat(shell.out().lines()).hasSize(2);
    assertThat(shell.out().lines().findFirst().orElseThrow())
        .isEqualTo("{\"name\":\"a, \\\"b\\\"\",\"note\":null,\"n\":1.50}");
  }

  @Test
  void jsonIsTheApisOwnAnswer() {
    assertThat(shell.run("databases", "query", ID, "SELECT 1", "-o", "json")).isZero();
    assertThat(shell.out()).isEqualTo(ANSWER + "\n");
  }

  @Test
  void parametersAreBoundAsWhatTheyAre() throws IOException {
    shell.run(
        "databases",
        "query",
        ID,
        "SELECT ?",
        "-p",
        "42",
        "-p",
        "\"42\"",
        "-p",
        "007",
        "-p",
        "null",
        "-p",
        "true",
        "-p",
        "it's",
        "-p",
        "[1]",
        "-p",
        "-1.5",
        "-p",
        "1 OR 2",
        "--max-rows",
        "9");
    JsonNode sent = new ObjectMapper().readTree(api.requests("POST").get(0).body());
    assertThat(sent.path("parameters"))
        .hasToString("[42,\"42\",\"007\",null,true,\"it's\",\"[1]\",-1.5,\"1 OR 2\"]");
    assertThat(sent.path("max_rows").asInt()).isEqualTo(9);
  }

  @Test
  void theQueryComesFromAFileOrFromStandardInput() throws IOException {
    Path file = Files.writeString(home.resolve("q.sql"), "SELECT 'ü'\n");
    shell.run("databases", "query", ID, "-f", file.toString());
    shell.piping("SELECT 2").run("databases", "query", ID);
    assertThat(shell.run("databases", "query", ID, "SELECT 1", "-f", file.toString())).isEqualTo(2);
    assertThat(api.requests("POST"))
        .extracting(StandInApi.Request::body)
        .satisfiesExactly(
            body -> assertThat(body).contains("\"SELECT 'ü'\\n\""),
            body -> assertThat(body).contains("\"SELECT 2\""));
  }

  @Test
  void everyStatementsResultIsShown() {
    api.on(
        "POST",
        "databases/" + ID + "/query",
        json(
            200,
            """
            {"columns":["b"],"rows":[{"b":2}],"row_count":1,"results":[
             {"columns":["a"],"rows":[{"a":1}],"row_count":1},
             {"columns":[],"rows":[],"row_count":3},
             {"columns":["b"],"rows":[{"b":2}],"row_count":1}]}"""));
    assertThat(shell.run("databases", "query", ID, "SELECT 1; UPDATE t; SELECT 2")).isZero();
    assertThat(shell.out()).isEqualTo("a\n1\n\n\nb\n2\n");
    assertThat(shell.err()).contains("3 rows changed.");
  }

  @Test
  void aRefusedQueryIsToldWithItsPlace() {
    api.on(
        "POST",
        "databases/" + ID + "/query",
        problem(
            422,
            """
            {"title":"Sql refused","detail":"no such column: x","code":"SqlRefused",
             "query":{"kind":"syntax","target_code":"42703","line":2,"column":8}}"""));
    assertThat(shell.run("databases", "query", ID, "SELECT\nx")).isEqualTo(1);
    assertThat(shell.err()).contains("no such column: x", "line 2, column 8", "42703");
  }

  @Test
  void aQueryIsSentAgainOnlyWhereItWasNotBegun() {
    api.on(
        "POST",
        "databases/" + ID + "/query",
        problem(503, "{\"title\":\"Dbhub unavailable\",\"code\":\"DbhubUnavailable\"}"),
        problem(503, "{\"title\":\"Worker unavailable\",\"code\":\"WorkerUnavailable\"}"),
        json(200, ANSWER));
    assertThat(shell.run("databases", "query", ID, "DELETE FROM t")).isEqualTo(6);
    assertThat(api.requests("POST")).hasSize(2);
  }
}
