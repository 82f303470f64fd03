package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "retry",
    description = "Does the rows again that failed or wait for a person, and follows the batch.")
final class RetryBatch implements Callable<Integer> {
  private final Session session;

  @Mixin private BatchArgument batch = new BatchArgument();
  @Mixin private OutputOption output = new OutputOption();

  RetryBatch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.api().call(ApiRequest.post("batches/" + batch.id() + "/retry"));
    return new BatchEnd(session).await(batch.id(), output.format());
  }
}
