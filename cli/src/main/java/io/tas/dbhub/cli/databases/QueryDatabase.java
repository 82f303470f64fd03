package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.QueryParameters;
import io.tas.dbhub.cli.session.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "query",
    description = {
      "Asks a database. Without SQL and without --file, the query comes from standard input.",
      "Parameters are bound to the placeholders (?) in their order, never pasted."
    })
final class QueryDatabase implements Callable<Integer> {
  /** For what is not the database's own time. */
  private static final Duration AROUND = Duration.ofSeconds(60);

  private final Session session;

  @Mixin private DatabaseArgument database = new DatabaseArgument();

  @Parameters(index = "1", arity = "0..1", paramLabel = "SQL", description = "The query.")
  private @Nullable String sql;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Holds the query.")
  private @Nullable Path file;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "VALUE",
      description =
          "For the next placeholder: a number, true, false, null, \"text\" in quotes, or any other"
              + " text as it is.")
  private List<String> parameters = List.of();

  @Option(names = "--max-rows", paramLabel = "N", description = "At most as many rows.")
  private @Nullable Integer maxRows;

  @Option(
      names = "--query-timeout",
      paramLabel = "SECONDS",
      description = "At most as long, where the connection allows longer.")
  private @Nullable Integer queryTimeout;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private QueryFormat format = QueryFormat.table;

  QueryDatabase(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("query", text());
    ArrayNode bound = body.putArray("parameters");
    parameters.forEach(value -> bound.add(QueryParameters.value(value)));
    if (maxRows != null) {
      body.put("max_rows", maxRows);
    }
    if (queryTimeout != null) {
      body.put("timeout_seconds", queryTimeout);
    }
    String alias = UUID.randomUUID().toString();
    body.put("client_query_id", alias);
    JsonNode found = new DatabaseNames(session).find(database.text());
    Duration limit = AROUND.plusSeconds(found.path("query_timeout").asLong());
    ApiRequest request =
        ApiRequest.post("databases/" + found.path("id").asText() + "/query", body).within(limit);
    try (CancelWhenStopped stopped = new CancelWhenStopped(session.api(), alias)) {
      new QueryOutput(session.terminal(), format).print(session.api().call(request));
    }
    return 0;
  }

  private String text() {
    if (sql != null && file != null) {
      throw new CommandFailure(ExitCode.USAGE, "The query comes from an argument or from --file.");
    }
    if (sql != null) {
      return sql;
    }
    return file == null ? session.inputs().ofInput() : session.inputs().ofFile(file);
  }
}
