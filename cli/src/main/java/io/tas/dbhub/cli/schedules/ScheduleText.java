package io.tas.dbhub.cli.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.session.Format;
import io.tas.dbhub.cli.session.JsonText;
import io.tas.dbhub.cli.session.Tables;
import io.tas.dbhub.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Shows schedules and their runs. */
final class ScheduleText {
  private ScheduleText() {}

  static void print(Terminal terminal, Answer answer, Format format) {
    JsonNode schedule = answer.body();
    switch (format) {
      case json -> JsonText.print(terminal, answer);
      case name -> terminal.name(schedule.path("name").asText());
      case table -> {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Id", schedule.path("id").asText());
        fields.put("Name", schedule.path("name").asText());
        fields.put("Kind", schedule.path("kind").asText());
        fields.put("For", target(schedule.path("target")));
        fields.put("When", when(schedule));
        fields.put("State", state(schedule));
        fields.put("Note", schedule.path("note").asText());
        fields.put("Acts for", schedule.path("acts_for").asText());
        fields.put("Next", schedule.at("/next_runs/0").asText());
        Tables.printFields(terminal, fields);
      }
    }
  }

  static Map<String, Function<JsonNode, String>> columns() {
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("NAME", schedule -> schedule.path("name").asText());
    columns.put("KIND", schedule -> schedule.path("kind").asText());
    columns.put("WHEN", ScheduleText::when);
    columns.put("STATE", ScheduleText::state);
    columns.put("NEXT", schedule -> schedule.at("/next_runs/0").asText());
    columns.put("ID", schedule -> schedule.path("id").asText());
    return columns;
  }

  static Map<String, Function<JsonNode, String>> runColumns() {
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("DUE", run -> run.path("scheduled_at").asText());
    columns.put("STATUS", run -> run.path("status").asText());
    columns.put("STARTED", run -> run.path("started_at").asText());
    columns.put("ENDED", run -> run.path("ended_at").asText());
    columns.put("CAME TO", run -> report(run.path("report")));
    return columns;
  }

  private static String report(JsonNode report) {
    List<String> counts = new ArrayList<>();
    for (String count :
        List.of("matched", "done", "changed", "failed", "skipped", "attention", "underway")) {
      if (report.path(count).asLong() > 0) {
        counts.add(report.path(count).asText() + " " + count);
      }
    }
    return String.join(", ", counts);
  }

  private static String state(JsonNode schedule) {
    return schedule.path("paused").asBoolean() ? "paused" : "active";
  }

  private static String when(JsonNode schedule) {
    String zone = schedule.path("time_zone").asText();
    if (schedule.hasNonNull("cron")) {
      return schedule.path("cron").asText() + " " + zone;
    }
    if (schedule.hasNonNull("interval_seconds")) {
      return "every " + schedule.path("interval_seconds").asText() + " s";
    }
    return schedule.hasNonNull("calendar") ? "by its calendar, " + zone : "";
  }

  private static String target(JsonNode target) {
    if (target.path("all").asBoolean()) {
      return "all databases";
    }
    if (target.has("database_ids")) {
      return target.path("database_ids").size() + " databases";
    }
    return (target.path("type").asText() + " " + target.path("label").asText()).strip();
  }
}
