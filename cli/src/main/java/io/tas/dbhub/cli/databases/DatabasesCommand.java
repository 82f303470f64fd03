package io.tas.dbhub.cli.databases;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Databases: made, shown, changed, tried, asked and taken away. */
@Command(
    name = "databases",
    aliases = "db",
    description = "Makes, shows, changes, tries, asks and takes away databases.")
public final class DatabasesCommand {
  private DatabasesCommand() {}

  /** With its subcommands. */
  public static CommandLine with(Session session) {
    return new CommandLine(new DatabasesCommand())
        .addSubcommand(new CreateDatabase(session))
        .addSubcommand(new ListDatabases(session))
        .addSubcommand(new GetDatabase(session))
        .addSubcommand(new UpdateDatabase(session))
        .addSubcommand(new DeleteDatabase(session))
        .addSubcommand(new TestDatabase(session))
        .addSubcommand(new RotateCredentials(session))
        .addSubcommand(new RepairDatabase(session))
        .addSubcommand(new SchemaOfDatabase(session))
        .addSubcommand(new QueryDatabase(session))
        .addSubcommand(new QueryHistory(session));
  }
}
