package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.session.Listing;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", aliases = "ls", description = "Lists batches, newest first.")
final class ListBatches implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most as many; 0 for all (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private OutputOption output = new OutputOption();

  ListBatches(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    new Listing("batches", "batches", columns(), batch -> batch.path("id").asText())
        .show(session, Map.of(), limit, output.format());
    return 0;
  }

  private static Map<String, Function<JsonNode, String>> columns() {
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("KIND", batch -> batch.path("kind").asText());
    columns.put("NAME", batch -> batch.path("name").asText());
    columns.put("STATE", BatchText::state);
    columns.put("ROWS", BatchText::rows);
    columns.put("CREATED", batch -> batch.path("created_at").asText());
    columns.put("BY", batch -> batch.path("requested_by").asText());
    columns.put("ID", batch -> batch.path("id").asText());
    return columns;
  }
}
