package io.tas.dbhub.cli.operations;

import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "get", description = "Shows one operation with its steps.")
final class GetOperation implements Callable<Integer> {
  private final Session session;

  @Mixin private OperationArgument operation = new OperationArgument();
  @Mixin private OutputOption output = new OutputOption();

  GetOperation(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    OperationView.print(
        session.terminal(),
        session.api().call(ApiRequest.get("operations/" + operation.id(), operation.parameters())),
        output.format());
    return 0;
  }
}
