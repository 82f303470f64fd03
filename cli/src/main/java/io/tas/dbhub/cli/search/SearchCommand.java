package io.tas.dbhub.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.JsonText;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import io.tas.dbhub.cli.session.Tables;
import io.tas.dbhub.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds databases, tables and columns by their names and comments. */
@Command(
    name = "search",
    description = {
      "Finds databases, tables and columns by name or comment, in all that you may see.",
      "Each word has to be there, whole or as the beginning of one; the best is first."
    })
public final class SearchCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "WORD", description = "What to look for.")
  private List<String> words = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most as many tables, up to 100 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private OutputOption output = new OutputOption();

  public SearchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Answer answer =
        session
            .api()
            .call(
                ApiRequest.get(
                    "search",
                    Map.of("q", String.join(" ", words), "limit", String.valueOf(limit))));
    switch (output.format()) {
      case json -> JsonText.print(session.terminal(), answer);
      case name -> answer.body().path("tables").forEach(hit -> session.terminal().name(table(hit)));
      case table -> print(answer.body());
    }
    return 0;
  }

  private void print(JsonNode found) {
    TextTable hits =
        Tables.of(session.terminal(), List.of("DATABASE", "TABLE", "KIND", "COLUMNS", "COMMENT"));
    for (JsonNode hit : found.path("databases")) {
      hits.add(List.of(hit.path("name").asText(), "", "database", "", ""));
    }
    for (JsonNode hit : found.path("tables")) {
      hits.add(
          List.of(
              hit.path("database").asText(),
              table(hit),
              hit.path("kind").asText(),
              StreamSupport.stream(hit.path("columns").spliterator(), false)
                  .map(column -> column.path("name").asText())
                  .collect(Collectors.joining(", ")),
              hit.path("comment").asText("")));
    }
    Tables.print(session.terminal(), hits);
    if (found.path("databases").isEmpty() && found.path("tables").isEmpty()) {
      session.terminal().note("Nothing of what you may see has all of these words.");
    }
  }

  private static String table(JsonNode hit) {
    return hit.path("schema").asText() + "." + hit.path("table").asText();
  }
}
