package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.Format;
import io.tas.dbhub.cli.session.Listing;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import io.tas.dbhub.cli.session.Tables;
import io.tas.dbhub.cli.terminal.TextTable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "schema",
    description = {
      "Lists a database's tables and views, from the catalogue; with --table a table's columns.",
      "How old that is, is told beside."
    })
final class SchemaOfDatabase implements Callable<Integer> {
  private final Session session;

  @Mixin private DatabaseArgument database = new DatabaseArgument();

  @Option(names = "--schema", paramLabel = "NAME", description = "Of this schema only.")
  private String schema = "";

  @Option(names = "--table", paramLabel = "NAME", description = "Of this table its columns.")
  private String table = "";

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = "As it was then; RFC 3339: 2026-01-31T08:00:00Z.")
  private String asOf = "";

  @Option(names = "--refresh", description = "Has the database read first, and waits for it.")
  private boolean refresh;

  @Mixin private OutputOption output = new OutputOption();

  SchemaOfDatabase(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String id = new DatabaseNames(session).id(database.text());
    if (refresh) {
      Answer answer = session.api().call(ApiRequest.post("databases/" + id + "/schema/sync"));
      new Settling(session).await(answer);
    }
    String path = "databases/" + id + "/schema";
    Map<String, String> wanted =
        new HashMap<>(Map.of("schema", schema, "table", table, "as_of", asOf));
    Listing tables = new Listing(path, "tables", columns(), one -> one.path("name").asText());
    if (table.isEmpty() || output.format() != Format.table) {
      tables.show(session, wanted, 0, output.format());
    } else {
      tables.each(session, wanted, 0, this::printColumns);
    }
    tellAge(session.api().read(ApiRequest.get(path, Map.of("type", "database"))));
    return 0;
  }

  private static Map<String, Function<JsonNode, String>> columns() {
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("SCHEMA", one -> one.path("schema").asText());
    columns.put("TABLE", one -> one.path("name").asText());
    columns.put("KIND", one -> one.path("kind").asText());
    columns.put("ROWS", one -> one.path("row_count").asText(""));
    columns.put("COLUMNS", one -> String.valueOf(one.path("columns").size()));
    columns.put("COMMENT", one -> one.path("comment").asText(""));
    return columns;
  }

  private void printColumns(JsonNode found) {
    TextTable columns =
        Tables.of(
            session.terminal(), List.of("COLUMN", "TYPE", "NULL", "KEY", "DEFAULT", "COMMENT"));
    for (JsonNode column : found.path("columns")) {
      columns.add(
          List.of(
              column.path("name").asText(),
              column.path("type").asText(),
              column.path("nullable").asBoolean() ? "yes" : "no",
              column.path("primary_key").asBoolean() ? "primary" : "",
              column.path("default").asText(""),
              column.path("comment").asText("")));
    }
    Tables.print(session.terminal(), columns);
  }

  private void tellAge(JsonNode answer) {
    JsonNode catalogue = answer.path("catalogue");
    String age =
        catalogue.has("synced_at")
            ? "Read at %s, version %s."
                .formatted(catalogue.path("synced_at").asText(), catalogue.path("version").asText())
            : "The database was not read yet. Have it read: --refresh";
    session.terminal().note(age);
    JsonNode failure = catalogue.path("failure");
    if (failure.isObject()) {
      session
          .terminal()
          .note("The last attempt to read it failed: " + failure.path("message").asText());
    }
    if (catalogue.has("awaiting")) {
      session
          .terminal()
          .note("A change waits for a decision: dbhubctl operations list --attention");
    }
  }
}
