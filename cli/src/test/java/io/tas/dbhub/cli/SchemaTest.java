package io.tas.dbhub.cli;

import static io.tas.dbhub.cli.StandInApi.Reply.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  private static final String ID = "0b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11";
  private static final String SCHEMA = "databases/" + ID + "/schema";
  private static final String TOWNS =
      """
      {"tables":[{"schema":"public","name":"towns","kind":"table","row_count":2,
        "columns":[{"name":"id","type":"integer","nullable":false,"primary_key":true},
                   {"name":"canton\\u001b[2J","type":"text","nullable":true,"primary_key":false,
                    "default":"'ZH'"}]}],
       "catalogue":{"version":3,"synced_at":"2026-01-31T08:00:00Z",
                    "failure":{"message":"it did not answer"},"awaiting":4}}""";

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
  void tablesAreListedAndHowOldThatIsIsToldBeside() {
    api.on("GET", SCHEMA, json(200, TOWNS));

    assertThat(shell.run("databases", "schema", ID)).as(shell.err()).isZero();

    assertThat(shell.out()).contains("public  towns  table  2     2");
    assertThat(shell.err())
        .contains("Read at 2026-01-31T08:00:00Z, version 3.")
        .contains("failed: it did not answer")
        .contains("waits for a decision");
  }

  @Test
  void aTablesColumnsAreShownAndDoNothingToTheTerminal() {
    api.on("GET", SCHEMA, json(200, TOWNS));

    assertThat(shell.atTerminal().run("db", "schema", ID, "--table", "towns")).isZero();

    assertThat(shell.out()).contains("primary", "'ZH'", "[2J").doesNotContain("\u001b");
    assertThat(api.requests().get(0).target()).contains("table=towns");
  }

  @Test
  void refreshReadsTheDatabaseOnceAndFirst() {
    api.on("POST", SCHEMA + "/sync", json(200, "{\"outcome\":\"first\"}"))
        .on("GET", SCHEMA, json(200, "{\"tables\":[],\"catalogue\":{\"version\":0}}"));

    assertThat(shell.run("db", "schema", ID, "--refresh", "-o", "name")).isZero();

    assertThat(api.requests().get(0).method()).isEqualTo("POST");
    assertThat(api.requests("POST")).hasSize(1);
    assertThat(shell.err()).contains("was not read yet");
  }

  @Test
  void aSearchShowsWhereTheWordsAre() {
    api.on(
        "GET",
        "search",
        json(
            200,
            """
            {"databases":[{"id":"1","name":"post office"}],
             "tables":[{"database":"atlas","schema":"public","table":"towns","kind":"table",
                        "columns":[{"name":"postal_code","type":"text"}]}]}"""));

    assertThat(shell.run("search", "postal", "code")).as(shell.err()).isZero();

    assertThat(shell.out()).contains("post office", "atlas", "public.towns", "postal_code");
    assertThat(api.requests().get(0).target()).contains("q=postal", "code", "limit=20");
  }

  @Test
  void nothingFoundIsSaid() {
    api.on("GET", "search", json(200, "{\"databases\":[],\"tables\":[]}"));

    assertThat(shell.run("search", "nothing")).isZero();

    assertThat(shell.err()).contains("Nothing");
  }

  @Test
  void aChangeOfASchemaIsApproved() {
    String operation = "schema-" + ID + "~" + ID;
    api.on("POST", "operations/" + operation + "/decision", json(200, "{\"id\":\"x\"}"));

    assertThat(shell.run("ops", "decide", operation, "approve")).as(shell.err()).isZero();

    assertThat(api.requests("POST").get(0).body()).contains("\"decision\":\"approve\"");
  }
}
