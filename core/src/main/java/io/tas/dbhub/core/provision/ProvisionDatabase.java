package io.tas.dbhub.core.provision;

import io.tas.dbhub.core.model.Database;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Makes a connection: Secret, Database resource, inventory node, health workflow. It ends when the
 * connection exists, or when nothing of it does.
 *
 * <p>Workflow id: {@link io.tas.dbhub.core.names.WorkflowIds#database}.
 */
@WorkflowInterface
public interface ProvisionDatabase {
  String NAME = "ProvisionDatabase";

  /** Ends with the database, or with the typed failure after everything was undone. */
  @WorkflowMethod(name = NAME)
  Database provision(ProvisionRequest request);

  /**
   * The early answer of update-with-start: returns as soon as the inventory node exists, or fails
   * with the typed failure once everything was undone.
   */
  @UpdateMethod(name = "awaitCreated")
  Database awaitCreated();
}
