package io.tas.dbhub.cli.operations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "decide",
    description = "Decides about the step, or the change of a schema, that waits for you.")
final class DecideOperation implements Callable<Integer> {
  /** What there is to choose. */
  enum Choice {
    retry,
    skip,
    abandon,
    approve,
    reject
  }

  private final Session session;

  @Mixin private OperationArgument operation = new OperationArgument();

  @Parameters(index = "1", paramLabel = "DECISION", description = "${COMPLETION-CANDIDATES}.")
  private Choice choice = Choice.retry;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; needed to skip, to abandon and to reject.")
  private @Nullable String reason;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      description = "The step that is meant; refused where it waits at another one.")
  private @Nullable String step;

  @Mixin private OutputOption output = new OutputOption();

  DecideOperation(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("decision", choice.name());
    if (reason != null) {
      body.put("reason", reason);
    }
    if (step != null) {
      body.put("step", step);
    }
    ApiRequest request = ApiRequest.post("operations/" + operation.id() + "/decision", body);
    OperationView.print(
        session.terminal(),
        session.api().call(request.with(operation.parameters())),
        output.format());
    return 0;
  }
}
