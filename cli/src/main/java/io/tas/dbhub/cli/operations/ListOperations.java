package io.tas.dbhub.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.Listing;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    aliases = "ls",
    description = "Lists your operations, newest first; for operators those of everybody.")
final class ListOperations implements Callable<Integer> {
  private final Session session;

  @Option(names = "--attention", description = "Those that wait for a decision.")
  private boolean attention;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "running, completed, failed, canceled, terminated or timed_out.")
  private String status = "";

  @Option(names = "--type", paramLabel = "TYPE", description = "Such as ProvisionDatabase.")
  private String type = "";

  @Option(names = "--database", paramLabel = "DATABASE", description = "Those of one database.")
  private @Nullable String database;

  @Option(names = "--all-spaces", description = "Of the whole tenant (for operators).")
  private boolean allSpaces;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most as many; 0 for all (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private OutputOption output = new OutputOption();

  ListOperations(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("status", status);
    parameters.put("type", type);
    if (attention) {
      parameters.put("attention", "true");
    }
    if (allSpaces) {
      parameters.put("all_spaces", "true");
    }
    String path =
        database == null
            ? "operations"
            : "databases/" + new DatabaseNames(session).id(database) + "/operations";
    new Listing(path, "operations", columns(), operation -> operation.path("id").asText())
        .show(session, parameters, limit, output.format());
    return 0;
  }

  private static Map<String, Function<JsonNode, String>> columns() {
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("TYPE", operation -> operation.path("type").asText());
    columns.put("STATUS", OperationText::status);
    columns.put("DATABASE", operation -> operation.path("database_name").asText());
    columns.put("STARTED", operation -> operation.path("started_at").asText());
    columns.put("BY", operation -> operation.path("requested_by").asText());
    columns.put("ID", operation -> operation.path("id").asText());
    return columns;
  }
}
