package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.session.Format;
import io.tas.dbhub.cli.session.JsonText;
import io.tas.dbhub.cli.session.Tables;
import io.tas.dbhub.cli.terminal.SafeText;
import io.tas.dbhub.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows a batch: how many rows are in which state, and the first that need somebody. */
final class BatchReport {
  private BatchReport() {}

  static void print(Terminal terminal, JsonNode batch, Format format) {
    switch (format) {
      case json -> JsonText.print(terminal, batch);
      case name -> terminal.name(batch.path("id").asText());
      case table -> print(terminal, batch);
    }
  }

  private static void print(Terminal terminal, JsonNode batch) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Id", batch.path("id").asText());
    fields.put("Kind", batch.path("kind").asText());
    fields.put("Name", batch.path("name").asText());
    fields.put("State", BatchText.state(batch));
    fields.put("Rows", BatchText.rows(batch));
    fields.put("Requested by", batch.path("requested_by").asText());
    fields.put("Created", batch.path("created_at").asText());
    fields.put("Started", batch.path("started_at").asText());
    fields.put("Ended", batch.path("ended_at").asText());
    Tables.printFields(terminal, fields);
    String id = batch.path("id").asText();
    rows(
        terminal,
        batch.path("problems"),
        BatchText.count(batch, "invalid") + BatchText.count(batch, "failed"),
        id + " --state invalid,failed");
    rows(
        terminal,
        batch.path("waiting"),
        BatchText.count(batch, "attention"),
        id + " --state attention");
    for (JsonNode row : batch.path("waiting")) {
      if (row.hasNonNull("operation")) {
        terminal.line(
            "Decide: dbhubctl operations get " + SafeText.line(row.path("operation").asText()));
      }
    }
  }

  private static void rows(Terminal terminal, JsonNode rows, long all, String rest) {
    for (JsonNode row : rows) {
      BatchText.problems(row).forEach(problem -> terminal.line(SafeText.line(problem)));
    }
    if (all > rows.size()) {
      terminal.line("and %d more: dbhubctl batches rows %s".formatted(all - rows.size(), rest));
    }
  }
}
