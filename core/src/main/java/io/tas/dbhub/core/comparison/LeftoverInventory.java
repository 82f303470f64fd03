package io.tas.dbhub.core.comparison;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Lists leftovers in the inventory. Task queue: {@link
 * io.tas.dbhub.core.names.TaskQueues#INVENTORY}.
 */
@ActivityInterface
public interface LeftoverInventory {
  /** Adds to the list; one that is on it (same database, same {@code what}) is renewed. */
  @ActivityMethod(name = "RecordLeftovers")
  void recordLeftovers(Leftovers leftovers);
}
