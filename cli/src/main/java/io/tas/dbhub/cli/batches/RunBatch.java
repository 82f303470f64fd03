package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = "Runs a batch that was checked, stopped or cancelled, and follows it.")
final class RunBatch implements Callable<Integer> {
  private final Session session;

  @Mixin private BatchArgument batch = new BatchArgument();

  @Option(
      names = "--only-valid",
      description = "Leave out rows that break rules, instead of doing nothing.")
  private boolean onlyValid;

  @Mixin private OutputOption output = new OutputOption();

  RunBatch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.api().call(CheckedBatch.run(batch.id(), onlyValid));
    return new BatchEnd(session).await(batch.id(), output.format());
  }
}
