package io.tas.dbhub.core.deprovision;

import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Takes a connection away: health, DBHub, Database resource, Secret, inventory node. It only goes
 * forward: what is gone already is fine, and what fails is tried again until it is gone.
 *
 * <p>Workflow id: {@link io.tas.dbhub.core.names.WorkflowIds#database}.
 */
@WorkflowInterface
public interface DeprovisionDatabase {
  String NAME = "DeprovisionDatabase";

  @WorkflowMethod(name = NAME)
  void deprovision(DeprovisionRequest request);

  /** Returns when nothing of the connection is left. */
  @UpdateMethod(name = "awaitGone")
  void awaitGone();
}
