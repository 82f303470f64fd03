package io.tas.dbhub.cli.databases;

import io.tas.dbhub.cli.session.Listing;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", aliases = "ls", description = "Lists the databases that you may see.")
final class ListDatabases implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Pending, Connected, Degraded or Failed.")
  private String status = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "postgres, mysql, mariadb, sqlserver or sqlite.")
  private String type = "";

  @Option(names = "--label", paramLabel = "KEY[=VALUE]", description = "Those with the label.")
  private String label = "";

  @Option(names = "--name", paramLabel = "TEXT", description = "Those whose name contains it.")
  private String text = "";

  @Option(
      names = "--sort",
      paramLabel = "BY",
      defaultValue = "name",
      description = "name, -name, created_at or -created_at (default: ${DEFAULT-VALUE}).")
  private String sort = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "At most as many; 0 for all (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private OutputOption output = new OutputOption();

  ListDatabases(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    new Listing(
            "databases",
            "databases",
            DatabaseView.columns(),
            database -> database.path("name").asText())
        .show(
            session,
            Map.of("status", status, "type", type, "label", label, "q", text, "sort", sort),
            limit,
            output.format());
    return 0;
  }
}
