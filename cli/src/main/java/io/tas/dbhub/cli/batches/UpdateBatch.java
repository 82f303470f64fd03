package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.session.Session;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "update",
    description = "Changes labels and limits of many databases; what is not given stays.")
final class UpdateBatch extends BatchOverDatabases {
  @Option(
      names = "--set-label",
      paramLabel = "KEY=VALUE",
      description = "A label that each shall have; may be repeated.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--remove-label",
      paramLabel = "KEY",
      description = "A label that none shall have any more; may be repeated.")
  private List<String> removed = List.of();

  @Option(names = "--readonly", paramLabel = "true|false", arity = "1")
  private @Nullable Boolean readonly;

  @Option(names = "--max-rows", paramLabel = "N")
  private @Nullable Integer maxRows;

  @Option(names = "--connection-timeout", paramLabel = "SECONDS")
  private @Nullable Integer connectionTimeout;

  @Option(names = "--query-timeout", paramLabel = "SECONDS")
  private @Nullable Integer queryTimeout;

  @Option(
      names = "--active",
      paramLabel = "true|false",
      arity = "1",
      description = "Whether they are probed and served.")
  private @Nullable Boolean active;

  UpdateBatch(Session session) {
    super(session, "update");
  }

  @Override
  void putInto(ObjectNode body) {
    ObjectNode changes = body.putObject("changes");
    if (!labels.isEmpty()) {
      ObjectNode set = changes.putObject("set_labels");
      labels.forEach(set::put);
    }
    if (!removed.isEmpty()) {
      ArrayNode keys = changes.putArray("remove_labels");
      removed.forEach(keys::add);
    }
    if (readonly != null) {
      changes.put("readonly", readonly);
    }
    if (maxRows != null) {
      changes.put("max_rows", maxRows);
    }
    if (connectionTimeout != null) {
      changes.put("connection_timeout", connectionTimeout);
    }
    if (queryTimeout != null) {
      changes.put("query_timeout", queryTimeout);
    }
    if (active != null) {
      changes.put("is_active", active);
    }
  }
}
