package io.tas.dbhub.cli.operations;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What ran, runs, or waits for a person. */
@Command(
    name = "operations",
    aliases = "ops",
    description = "What ran, runs, or waits for a person's decision.")
public final class OperationsCommand {
  private OperationsCommand() {}

  /** With its subcommands. */
  public static CommandLine with(Session session) {
    return new CommandLine(new OperationsCommand())
        .addSubcommand(new ListOperations(session))
        .addSubcommand(new GetOperation(session))
        .addSubcommand(new WatchOperation(session))
        .addSubcommand(new DecideOperation(session))
        .addSubcommand(new CancelOperation(session));
  }
}
