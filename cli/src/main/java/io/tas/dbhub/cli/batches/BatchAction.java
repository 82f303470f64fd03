package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Tells a batch something, and shows it as it is then. */
abstract class BatchAction implements Callable<Integer> {
  private final Session session;
  private final String action;

  @Mixin private BatchArgument batch = new BatchArgument();
  @Mixin private OutputOption output = new OutputOption();

  BatchAction(Session session, String action) {
    this.session = session;
    this.action = action;
  }

  @Override
  public final Integer call() {
    BatchReport.print(
        session.terminal(),
        session.api().read(ApiRequest.post("batches/" + batch.id() + "/" + action).repeatable()),
        output.format());
    return 0;
  }
}
