package io.tas.dbhub.cli.databases;

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
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    description = "Lists the queries that you have asked, newest first; of one database or all.")
final class QueryHistory implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", arity = "0..1", paramLabel = "DATABASE", description = "Name or id.")
  private @Nullable String database;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "succeeded, failed, or a kind of failure such as timeout.")
  private String status = "";

  @Option(names = "--text", paramLabel = "TEXT", description = "Those whose text contains it.")
  private String text = "";

  @Option(names = "--from", paramLabel = "TIME", description = "RFC 3339: 2026-01-31T08:00:00Z.")
  private String from = "";

  @Option(names = "--to", paramLabel = "TIME", description = "RFC 3339.")
  private String to = "";

  @Option(names = "--actor", paramLabel = "WHO", description = "Somebody else's (for operators).")
  private String actor = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most as many; 0 for all (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private OutputOption output = new OutputOption();

  QueryHistory(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Map<String, String> parameters =
        new HashMap<>(Map.of("status", status, "q", text, "from", from, "to", to, "actor", actor));
    if (database != null) {
      parameters.put("database_id", new DatabaseNames(session).id(database));
    }
    new Listing("queries", "queries", columns(), past -> past.path("id").asText())
        .show(session, parameters, limit, output.format());
    return 0;
  }

  private static Map<String, Function<JsonNode, String>> columns() {
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("STARTED", past -> past.path("started_at").asText());
    columns.put("DATABASE", past -> past.path("database_name").asText());
    columns.put("STATUS", past -> past.path("status").asText());
    columns.put("ROWS", past -> past.path("rows").asText());
    columns.put("MS", past -> past.path("duration_ms").asText());
    columns.put("BY", past -> past.path("actor").asText());
    columns.put("QUERY", past -> past.path("query").asText("(only its hash is kept)"));
    return columns;
  }
}
