package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.Session;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which databases a batch is for. */
final class TargetOptions {
  @Parameters(
      index = "0..*",
      paramLabel = "DATABASE",
      description = "Their names or ids, instead of --label, --type or --all.")
  private List<String> databases = List.of();

  @Option(names = "--label", paramLabel = "KEY[=VALUE]", description = "Those with the label.")
  private String label = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "postgres, mysql, mariadb, sqlserver or sqlite.")
  private String type = "";

  @Option(names = "--all", description = "Every database of the space.")
  private boolean all;

  private boolean selects() {
    return !label.isEmpty() || !type.isEmpty();
  }

  /**
   * @throws CommandFailure USAGE unless they are said in one way; NOT_FOUND, CONFLICT for a name
   */
  void putInto(Session session, ObjectNode body) {
    check();
    if (all) {
      body.put("all", true);
    } else if (databases.isEmpty()) {
      ObjectNode selector = body.putObject("selector");
      if (!label.isEmpty()) {
        selector.put("label", label);
      }
      if (!type.isEmpty()) {
        selector.put("type", type);
      }
    } else {
      ArrayNode ids = body.putArray("database_ids");
      DatabaseNames names = new DatabaseNames(session);
      databases.forEach(database -> ids.add(names.id(database)));
    }
  }

  private void check() {
    int ways = (all ? 1 : 0) + (databases.isEmpty() ? 0 : 1) + (selects() ? 1 : 0);
    if (ways != 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "Say which databases: their names, or --label and --type, or --all.");
    }
  }
}
