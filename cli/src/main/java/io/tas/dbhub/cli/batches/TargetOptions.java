package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.SelectorOptions;
import io.tas.dbhub.cli.session.Session;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which databases a batch is for. */
final class TargetOptions {
  @Parameters(
      index = "0..*",
      paramLabel = "DATABASE",
      description = "Their names or ids, instead of --label, --type or --all.")
  private List<String> databases = List.of();

  @Mixin private SelectorOptions selector = new SelectorOptions();

  /**
   * @throws CommandFailure USAGE unless they are said in one way; NOT_FOUND, CONFLICT for a name
   */
  void putInto(Session session, ObjectNode body) {
    int ways =
        (selector.all() ? 1 : 0) + (databases.isEmpty() ? 0 : 1) + (selector.selects() ? 1 : 0);
    if (ways != 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "Say which databases: their names, or --label and --type, or --all.");
    }
    if (selector.all()) {
      body.put("all", true);
    } else if (selector.selects()) {
      selector.putInto(body.putObject("selector"));
    } else {
      ArrayNode ids = body.putArray("database_ids");
      DatabaseNames names = new DatabaseNames(session);
      databases.forEach(database -> ids.add(names.id(database)));
    }
  }
}
