package io.tas.dbhub.core.repair;

import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Puts back what somebody removed or changed by hand: the Database resource from the inventory, the
 * inventory node from the resource, the Secret from credentials that are given.
 *
 * <p>Workflow id: {@link io.tas.dbhub.core.names.WorkflowIds#database}. Fails with {@code
 * CredentialsNeeded} when the Secret is gone and none were given, {@code ConnectionFailed} when
 * those that were given do not work, {@code NotFound} when there is nothing to repair it from.
 */
@WorkflowInterface
public interface RepairDatabase {
  String NAME = "RepairDatabase";

  @WorkflowMethod(name = NAME)
  RepairReport repair(RepairRequest request);

  @UpdateMethod(name = "awaitRepaired")
  RepairReport awaitRepaired();
}
