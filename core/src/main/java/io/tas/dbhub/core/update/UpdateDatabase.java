package io.tas.dbhub.core.update;

import io.tas.dbhub.core.model.Database;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Changes a connection: new connection data or credentials are probed first; then Secret, Database
 * resource and inventory node move together, or everything is put back as it was.
 *
 * <p>Workflow id: {@link io.tas.dbhub.core.names.WorkflowIds#database}.
 */
@WorkflowInterface
public interface UpdateDatabase {
  String NAME = "UpdateDatabase";

  /** Ends with the changed database, or with the typed failure after everything was put back. */
  @WorkflowMethod(name = NAME)
  Database update(UpdateRequest request);

  /** Returns or fails as soon as that is settled. */
  @UpdateMethod(name = "awaitUpdated")
  Database awaitUpdated();
}
