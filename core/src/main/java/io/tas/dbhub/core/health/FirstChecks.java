package io.tas.dbhub.core.health;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Proves many connections that came up at once, and hands each over to a monitor of its own. A
 * monitor that begins by probing costs Temporal several times as much as one that begins by
 * waiting, so a burst of new connections is proved together.
 *
 * <p>Workflow id: {@link io.tas.dbhub.core.names.WorkflowIds#firstChecks}.
 */
@WorkflowInterface
public interface FirstChecks {
  String NAME = "FirstChecks";

  /** Of one workflow: what its messages hold, and how much is repeated when a worker dies. */
  int MOST = 100;

  @WorkflowMethod(name = NAME)
  void check(FirstChecksRequest request);
}
