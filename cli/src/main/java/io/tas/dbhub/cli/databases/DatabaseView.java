package io.tas.dbhub.cli.databases;

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

/** Shows databases. */
final class DatabaseView {
  private DatabaseView() {}

  static Map<String, Function<JsonNode, String>> columns() {
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("NAME", database -> database.path("name").asText());
    columns.put("TYPE", database -> database.path("type").asText());
    columns.put("STATUS", DatabaseView::status);
    columns.put("WHERE", DatabaseView::where);
    columns.put("CHECKED", database -> database.path("last_checked").asText());
    columns.put("ID", database -> database.path("id").asText());
    return columns;
  }

  static void print(Terminal terminal, Answer answer, Format format) {
    switch (format) {
      case json -> JsonText.print(terminal, answer);
      case name -> terminal.name(answer.body().path("name").asText());
      case table -> print(terminal, answer.body(), answer.header("etag").orElse(""));
    }
  }

  private static void print(Terminal terminal, JsonNode database, String tag) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Name", database.path("name").asText());
    fields.put("Id", database.path("id").asText());
    fields.put("Type", database.path("type").asText());
    fields.put("Where", where(database));
    fields.put("TLS", database.path("ssl_mode").asText());
    fields.put("Status", status(database));
    fields.put("Because", database.path("status_message").asText());
    fields.put("Checked", database.path("last_checked").asText());
    fields.put("Read-only", database.path("readonly").asBoolean() ? "yes" : "no");
    fields.put(
        "Limits",
        "%d rows, %d s to connect, %d s for a query"
            .formatted(
                database.path("max_rows").asInt(),
                database.path("connection_timeout").asInt(),
                database.path("query_timeout").asInt()));
    fields.put("Labels", labels(database.path("labels")));
    fields.put("Description", database.path("description").asText());
    fields.put("Owner", database.path("owner_id").asText());
    fields.put(
        "Resource",
        database.path("crd_namespace").asText() + "/" + database.path("crd_name").asText());
    fields.put("Made", database.path("created_at").asText());
    fields.put("Changed", database.path("updated_at").asText());
    fields.put("ETag", tag);
    Tables.printFields(terminal, fields);
    for (JsonNode finding : database.path("findings")) {
      Tables.printFields(
          terminal,
          Map.of(
              "Finding",
              finding.path("message").asText() + " " + finding.path("suggestion").asText()));
    }
  }

  private static String status(JsonNode database) {
    return database.path("is_active").asBoolean(true)
        ? database.path("status").asText()
        : "inactive";
  }

  private static String where(JsonNode database) {
    String host = database.path("host").asText();
    return (host.isEmpty() ? "" : host + ":" + database.path("port").asText() + "/")
        + database.path("database").asText();
  }

  private static String labels(JsonNode labels) {
    List<String> texts = new ArrayList<>();
    labels.properties().forEach(l -> texts.add(l.getKey() + "=" + l.getValue().asText()));
    return String.join(", ", texts);
  }
}
