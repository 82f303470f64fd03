package io.tas.dbhub.dev;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Samples;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.TextTable;
import io.tas.dbhub.dev.system.Waiting;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What somebody new would do first, done for them through the REST API. */
final class FirstSteps {
  private static final Duration CONNECTED = Duration.ofSeconds(90);
  private static final Duration SERVED = Duration.ofMinutes(2);

  private final LocalSystem system;
  private final Steps steps;
  private final PrintStream out;
  private final ApiClient api;

  FirstSteps(LocalSystem system, Steps steps, PrintStream out) {
    this.system = system;
    this.steps = steps;
    this.out = out;
    this.api = system.api(system.token());
  }

  /** Provisions both samples, waits until they are Connected, asks one query, shows it all. */
  void connectSamples(int postgresPort) {
    PostgresServer postgres = system.postgres(postgresPort);
    List<Samples.Sample> samples =
        List.of(
            Samples.bikes(postgres, system.directory().resolve("postgres")),
            Samples.library(system.sqliteDirectory().resolve(LocalSystem.TENANT)));
    List<JsonNode> databases = samples.stream().map(this::connect).toList();
    List<JsonNode> connected = databases.stream().map(this::awaitProbed).toList();
    JsonNode answer = query(connected.get(0), samples.get(0).query());
    schedule(connected.get(0), samples.get(0));
    out.println();
    out.println("Connections");
    out.println(connections(connected));
    out.println("Query, on " + samples.get(0).name());
    out.println(samples.get(0).query().indent(2));
    out.println(rows(answer));
    showAddresses();
  }

  void showAddresses() {
    out.println("Addresses");
    TextTable table = new TextTable(List.of("WHAT", "WHERE"));
    system.addresses().forEach((what, where) -> table.add(List.of(what, where)));
    out.println(table);
    if (!system.warning().isEmpty()) {
      out.println("Warning: " + system.warning());
      out.println();
    }
    steps.say("ready", "Ctrl-C stops everything; the next bin/up resumes it.");
  }

  private JsonNode connect(Samples.Sample sample) {
    JsonNode found = api.get("databases?q=" + sample.name()).body().path("databases");
    for (JsonNode database : found) {
      if (database.path("name").asText().equals(sample.name())) {
        steps.say("samples", sample.name() + " is connected already");
        return database;
      }
    }
    ApiClient.Answer answer =
        Waiting.until(
            "the API to accept " + sample.name(),
            CONNECTED,
            () ->
                api.post(
                    "databases",
                    sample.request(),
                    Map.of("Idempotency-Key", "sample-" + sample.name())),
            done -> done.status() != 503);
    if (answer.status() != 201 && answer.status() != 202) {
      throw new EngineException(
          "POST /databases for " + sample.name() + " answered " + answer.text());
    }
    steps.say("samples", sample.name() + " is being provisioned");
    return answer.body();
  }

  private JsonNode awaitProbed(JsonNode database) {
    String id =
        database.has("id") ? database.path("id").asText() : database.path("database_id").asText();
    JsonNode probed =
        Waiting.until(
                "the first probe of " + database.path("name").asText(id),
                CONNECTED,
                () -> api.get("databases/" + id),
                answer ->
                    answer.status() == 200
                        && !answer.body().path("status").asText().equals("Pending"))
            .body();
    steps.say(
        "samples",
        probed.path("name").asText()
            + " is "
            + probed.path("status").asText()
            + " "
            + probed.path("status_message").asText(""));
    return probed;
  }

  private JsonNode query(JsonNode database, String sql) {
    steps.say("DBHub", "waiting until it serves " + database.path("name").asText());
    return Waiting.until(
            "DBHub to serve " + database.path("name").asText(),
            SERVED,
            () ->
                api.post(
                    "databases/query",
                    Map.of("database_id", database.path("id").asText(), "query", sql)),
            answer -> answer.status() != 503)
        .body();
  }

  /** Has the sample asked each hour, and once now. */
  private void schedule(JsonNode database, Samples.Sample sample) {
    String name = sample.name() + " each hour";
    ApiClient.Answer made =
        api.post(
            "schedules",
            Map.of(
                "name",
                name,
                "kind",
                "query",
                "target",
                Map.of("database_ids", List.of(database.path("id").asText())),
                "cron",
                "0 * * * *",
                "query",
                Map.of("sql", sample.query())),
            Map.of("Idempotency-Key", "sample-" + sample.name()));
    String results = "schedules/" + made.body().path("id").asText() + "/results";
    if (made.status() != 201 || !api.get(results).body().path("results").isEmpty()) {
      // It is of an earlier time.
      return;
    }
    api.post("schedules/" + made.body().path("id").asText() + "/trigger", Map.of());
    JsonNode result =
        Waiting.until(
                "the first run of " + name,
                SERVED,
                () -> api.get(results),
                now ->
                    List.of("succeeded", "failed", "unknown")
                        .contains(now.body().at("/results/0/status").asText()))
            .body()
            .at("/results/0");
    steps.say("samples", name + ": " + result.path("status").asText());
  }

  private static TextTable connections(List<JsonNode> databases) {
    TextTable table = new TextTable(List.of("NAME", "TYPE", "STATUS", "DATABASE", "ID"));
    for (JsonNode database : databases) {
      table.add(
          List.of(
              database.path("name").asText(),
              database.path("type").asText(),
              database.path("status").asText(),
              database.path("database").asText(),
              database.path("id").asText()));
    }
    return table;
  }

  private static Object rows(JsonNode answer) {
    if (!answer.has("columns")) {
      return "  " + answer + System.lineSeparator();
    }
    List<String> columns = new ArrayList<>();
    answer.path("columns").forEach(column -> columns.add(column.asText()));
    TextTable table = new TextTable(columns);
    for (JsonNode row : answer.path("rows")) {
      table.add(columns.stream().map(column -> row.path(column).asText()).toList());
    }
    return table;
  }
}
