package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "watch",
    description =
        "Follows a batch until it has ended: 0 when all is done, 1 when rows failed, 7 when"
            + " operations wait for a decision.")
final class WatchBatch implements Callable<Integer> {
  private final Session session;

  @Mixin private BatchArgument batch = new BatchArgument();
  @Mixin private OutputOption output = new OutputOption();

  WatchBatch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new BatchEnd(session).await(batch.id(), output.format());
  }
}
