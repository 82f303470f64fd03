package io.tas.dbhub.core.schema;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Starts the syncs whose time has come.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#INVENTORY}.
 */
@ActivityInterface
public interface DueSyncs {
  /**
   * Fails with {@code InventoryUnavailable}, {@code TemporalUnavailable}.
   *
   * @return how many were started; a few of those that are due at a time
   */
  @ActivityMethod(name = "StartDueSyncs")
  int startDue();
}
