package io.tas.dbhub.cli.operations;

import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "cancel", description = "Stops an operation and undoes what it did.")
final class CancelOperation implements Callable<Integer> {
  private final Session session;

  @Mixin private OperationArgument operation = new OperationArgument();
  @Mixin private OutputOption output = new OutputOption();

  CancelOperation(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ApiRequest request = ApiRequest.post("operations/" + operation.id() + "/cancel");
    OperationView.print(
        session.terminal(),
        session.api().call(request.with(operation.parameters())),
        output.format());
    return 0;
  }
}
