package io.tas.dbhub.cli;

import static io.tas.dbhub.cli.StandInApi.Reply.json;
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

class SchedulesTest {
  private static final String ID = "0b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11";
  private static final String SCHEDULE =
      """
      {"id":"%s","name":"nightly","kind":"sync","target":{"all":true},"cron":"30 2 * * *",
       "time_zone":"Europe/Zurich","paused":true,"note":"holiday",
       "next_runs":["2026-01-31T01:30:00Z"]}"""
          .formatted(ID);

  @TempDir private Path home;
  private StandInApi api;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    api = new StandInApi();
    shell = Shell.loggedIn(home, api);
    api.on("GET", "schedules", json(200, "{\"schedules\":[" + SCHEDULE + "]}"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aScheduleSaysWhatWhenAndForWhich() {
    api.on("POST", "schedules", json(201, SCHEDULE));

    assertThat(
            shell.run(
                "schedules",
                "create",
                "nightly",
                "--kind",
                "sync",
                "--all",
                "--cron",
                "30 2 * * *",
                "--timezone",
                "Europe/Zurich"))
        .as(shell.err())
        .isZero();

    assertThat(api.requests().get(0).body())
        .isEqualTo(
            "{\"name\":\"nightly\",\"kind\":\"sync\",\"target\":{\"all\":true},"
                + "\"cron\":\"30 2 * * *\",\"time_zone\":\"Europe/Zurich\","
                + "\"pause_on_failure\":false,\"paused\":false}");
    assertThat(api.requests().get(0).headers().getFirst("Idempotency-Key")).isNotEmpty();
    assertThat(shell.out()).contains("30 2 * * * Europe/Zurich", "all databases", "paused");
  }

  @Test
  void aQueryComesFromAFileAndAnIntervalInWords() throws IOException {
    Path query = Files.writeString(home.resolve("report.sql"), "SELECT ?");
    api.on("POST", "schedules", json(201, SCHEDULE));

    assertThat(
            shell.run(
                "schedules",
                "create",
                "report",
                "--kind",
                "query",
                "--database",
                ID,
                "--every",
                "6h",
                "--query-file",
                query.toString(),
                "-p",
                "42"))
        .as(shell.err())
        .isZero();

    assertThat(api.requests().get(0).body())
        .contains("\"database_ids\":[\"" + ID + "\"]")
        .contains("\"interval_seconds\":21600")
        .contains("\"query\":{\"sql\":\"SELECT ?\",\"parameters\":[42]}");
    assertThat(shell.run("schedules", "create", "x", "--kind", "sync", "--all", "--every", "soon"))
        .isEqualTo(2);
    assertThat(shell.run("schedules", "create", "x", "--kind", "sync")).isEqualTo(2);
  }

  @Test
  void aScheduleIsMeantByItsName() {
    api.on("POST", "schedules/" + ID + "/pause", json(200, SCHEDULE))
        .on("POST", "schedules/" + ID + "/trigger", new Reply(202, Map.of(), ""))
        .on("POST", "schedules/" + ID + "/backfill", json(202, "{\"runs\":3}"))
        .on("DELETE", "schedules/" + ID, new Reply(204, Map.of(), ""));

    assertThat(shell.run("schedules", "pause", "nightly", "--note", "holiday")).isZero();
    assertThat(api.requests("POST").get(0).body()).isEqualTo("{\"note\":\"holiday\"}");
    assertThat(shell.run("schedules", "trigger", "nightly")).isZero();
    assertThat(
            shell.run(
                "schedules",
                "backfill",
                ID,
                "--from",
                "2026-01-01T00:00:00Z",
                "--to",
                "2026-01-02T00:00:00Z"))
        .isZero();
    assertThat(shell.err()).contains("3 runs");
    assertThat(shell.run("schedules", "delete", "nightly")).isZero();
    assertThat(shell.run("schedules", "get", "weekly")).isEqualTo(3);
  }

  @Test
  void runsSayWhatTheyCameTo() {
    api.on(
        "GET",
        "schedules/" + ID + "/runs",
        json(
            200,
            """
            {"runs":[{"id":"r","status":"failed","scheduled_at":"2026-01-31T01:30:00Z",
             "report":{"matched":3,"done":2,"failed":1}}]}"""));

    assertThat(shell.run("schedules", "runs", "nightly")).as(shell.err()).isZero();

    assertThat(shell.out()).contains("2026-01-31T01:30:00Z", "3 matched, 2 done, 1 failed");
    assertThat(shell.run("schedules", "list", "-o", "name")).isZero();
    assertThat(shell.out()).isEqualTo("nightly\n");
  }
}
