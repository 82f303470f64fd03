package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "forget",
    description = "Deletes a batch that has ended, with its report; what it did stays done.")
final class ForgetBatch implements Callable<Integer> {
  private final Session session;

  @Mixin private BatchArgument batch = new BatchArgument();

  ForgetBatch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.api().call(ApiRequest.delete("batches/" + batch.id()));
    session.terminal().note("The batch and its report are gone.");
    return 0;
  }
}
