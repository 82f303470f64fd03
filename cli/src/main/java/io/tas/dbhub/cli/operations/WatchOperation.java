package io.tas.dbhub.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "watch",
    description = "Follows an operation until it has ended (0, or 1) or waits for a decision (7).")
final class WatchOperation implements Callable<Integer> {
  private final Session session;

  @Mixin private OperationArgument operation = new OperationArgument();

  WatchOperation(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    JsonNode ended = new OperationWatch(session).await(operation.id(), operation.parameters());
    session
        .terminal()
        .note(
            ended.path("type").asText()
                + " of "
                + ended.path("database_name").asText()
                + " has completed.");
    return 0;
  }
}
