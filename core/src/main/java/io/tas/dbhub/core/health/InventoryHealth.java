package io.tas.dbhub.core.health;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Writes the health of inventory nodes. Task queue: {@link
 * io.tas.dbhub.core.names.TaskQueues#INVENTORY}.
 */
@ActivityInterface
public interface InventoryHealth {
  /** Writes status, message and last_checked; does nothing when the node is gone. */
  @ActivityMethod(name = "RecordHealth")
  void recordHealth(HealthReport report);
}
