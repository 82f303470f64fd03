package io.tas.dbhub.systemtest;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.List;
import java.util.stream.Stream;

/** The history of every workflow that the tests have caused so far. */
final class Histories {
  private Histories() {}

  /**
   * @param namespace of Temporal
   * @param type of the workflow
   */
  record Recorded(
      String namespace,
      String type,
      WorkflowExecutionStatus status,
      WorkflowExecutionHistory history) {
    @Override
    public String toString() {
      return type + " " + history.getWorkflowExecution().getWorkflowId() + " in " + namespace;
    }
  }

  static List<Recorded> all(TestSystem system) {
    return system.namespaces().stream().flatMap(name -> in(system, name)).toList();
  }

  private static Stream<Recorded> in(TestSystem system, String namespace) {
    WorkflowClient client = system.temporal(namespace);
    return client
        .listExecutions("")
        .map(
            found ->
                new Recorded(
                    namespace,
                    found.getWorkflowType(),
                    found.getStatus(),
                    client.fetchHistory(
                        found.getExecution().getWorkflowId(), found.getExecution().getRunId())));
  }
}
