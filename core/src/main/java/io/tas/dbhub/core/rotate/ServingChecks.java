package io.tas.dbhub.core.rotate;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.provision.ServingInstances;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * What the inventory knows of serving. Task queue: {@link
 * io.tas.dbhub.core.names.TaskQueues#INVENTORY}.
 */
@ActivityInterface
public interface ServingChecks {
  @ActivityMethod(name = "FindServed")
  ServedDatabase findServed(DatabaseRef database);

  /** Every instance of a namespace, whatever it serves. */
  @ActivityMethod(name = "FindInstances")
  ServingInstances findInstances(String namespace);
}
