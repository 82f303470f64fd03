package io.tas.dbhub.core.repair;

import io.tas.dbhub.core.model.DatabaseRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Looks at what Kubernetes has of a connection. Task queue: {@link
 * io.tas.dbhub.core.names.TaskQueues#KUBERNETES}.
 */
@ActivityInterface
public interface ConnectionInspection {
  @ActivityMethod(name = "InspectConnection")
  InspectedConnection inspect(DatabaseRef database);
}
