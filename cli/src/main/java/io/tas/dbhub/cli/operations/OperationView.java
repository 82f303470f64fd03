package io.tas.dbhub.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.session.Format;
import io.tas.dbhub.cli.session.JsonText;
import io.tas.dbhub.cli.session.Tables;
import io.tas.dbhub.cli.terminal.Terminal;
import io.tas.dbhub.cli.terminal.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows one operation. */
final class OperationView {
  private OperationView() {}

  static void print(Terminal terminal, Answer answer, Format format) {
    switch (format) {
      case json -> JsonText.print(terminal, answer);
      case name -> terminal.name(answer.body().path("id").asText());
      case table -> print(terminal, answer.body());
    }
  }

  private static void print(Terminal terminal, JsonNode operation) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Id", operation.path("id").asText());
    fields.put("Type", operation.path("type").asText());
    fields.put("Status", OperationText.status(operation));
    fields.put("Database", operation.path("database_name").asText());
    fields.put("Requested by", operation.path("requested_by").asText());
    fields.put("Started", operation.path("started_at").asText());
    fields.put("Ended", operation.path("ended_at").asText());
    fields.put("Error", OperationText.reason(operation.path("error")).replaceFirst("^: ", ""));
    fields.put("Waits because", operation.path("parked").path("message").asText());
    fields.put("Choices", texts(operation.path("parked").path("choices")));
    fields.put("Temporal", operation.path("temporal_ui").asText());
    Tables.printFields(terminal, fields);
    if (operation.path("steps").size() > 0) {
      terminal.line("");
      TextTable steps = Tables.of(terminal, List.of("STEP", "STATE", "STARTED", "ENDED"));
      for (JsonNode step : operation.path("steps")) {
        steps.add(
            List.of(
                OperationText.name(step),
                OperationText.state(step),
                step.path("started_at").asText(),
                step.path("ended_at").asText()));
      }
      Tables.print(terminal, steps);
    }
  }

  private static String texts(JsonNode array) {
    StringBuilder texts = new StringBuilder();
    array.forEach(text -> texts.append(texts.isEmpty() ? "" : ", ").append(text.asText()));
    return texts.toString();
  }
}
