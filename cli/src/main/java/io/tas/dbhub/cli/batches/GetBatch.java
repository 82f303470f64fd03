package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "get", description = "Shows a batch, how far it is, and what needs somebody.")
final class GetBatch implements Callable<Integer> {
  private final Session session;

  @Mixin private BatchArgument batch = new BatchArgument();
  @Mixin private OutputOption output = new OutputOption();

  GetBatch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    BatchReport.print(
        session.terminal(),
        session.api().read(ApiRequest.get("batches/" + batch.id())),
        output.format());
    return 0;
  }
}
