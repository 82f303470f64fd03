package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** One request for many databases. */
@Command(
    name = "batches",
    aliases = "batch",
    description = "One request for many databases: checked first, then run and watched.")
public final class BatchesCommand {
  private BatchesCommand() {}

  /** With its subcommands. */
  public static CommandLine with(Session session) {
    return new CommandLine(new BatchesCommand())
        .addSubcommand(new ImportBatch(session))
        .addSubcommand(new RotateBatch(session))
        .addSubcommand(new TestBatch(session))
        .addSubcommand(new SyncBatch(session))
        .addSubcommand(new UpdateBatch(session))
        .addSubcommand(new DeleteBatch(session))
        .addSubcommand(new ListBatches(session))
        .addSubcommand(new GetBatch(session))
        .addSubcommand(new RowsOfBatch(session))
        .addSubcommand(new WatchBatch(session))
        .addSubcommand(new RunBatch(session))
        .addSubcommand(new RetryBatch(session))
        .addSubcommand(new PauseBatch(session))
        .addSubcommand(new ResumeBatch(session))
        .addSubcommand(new CancelBatch(session))
        .addSubcommand(new ForgetBatch(session));
  }
}
