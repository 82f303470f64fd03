package io.tas.dbhub.core.health;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Writes the status of Database resources. Task queue: {@link
 * io.tas.dbhub.core.names.TaskQueues#KUBERNETES}.
 */
@ActivityInterface
public interface ResourceStatus {
  /** Writes phase, message, conditions and lastChecked; does nothing when the resource is gone. */
  @ActivityMethod(name = "WriteResourceStatus")
  void writeResourceStatus(HealthReport report);
}
