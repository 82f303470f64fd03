package io.tas.dbhub.core.instance;

import io.tas.dbhub.core.model.ResourceRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Which instance serves which database, for the API to find its way. Task queue: {@link
 * io.tas.dbhub.core.names.TaskQueues#INVENTORY}.
 */
@ActivityInterface
public interface ServingInventory {
  /** Replaces what the inventory knows of the instance, but for the servers that are kept. */
  @ActivityMethod(name = "RecordServing")
  void recordServing(ServingReport report);

  /** The instance is gone: nothing is served by it. */
  @ActivityMethod(name = "ForgetInstance")
  void forgetInstance(ResourceRef instance);
}
