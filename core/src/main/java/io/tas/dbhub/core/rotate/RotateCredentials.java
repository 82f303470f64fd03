package io.tas.dbhub.core.rotate;

import io.tas.dbhub.core.model.Database;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Changes the credentials of a connection that is being used: verifies the new ones, switches the
 * Secret, waits until DBHub serves with them, and verifies through it. Undone if a step fails.
 *
 * <p>Workflow id: {@link io.tas.dbhub.core.names.WorkflowIds#database}.
 */
@WorkflowInterface
public interface RotateCredentials {
  String NAME = "RotateCredentials";

  @WorkflowMethod(name = NAME)
  Database rotate(RotateRequest request);

  /** Returns when nothing uses the old credentials any more; fails when they are back. */
  @UpdateMethod(name = "awaitRotated")
  Database awaitRotated();
}
