package io.tas.dbhub.core.adoption;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Nodes that follow a Database resource made by hand. Both may be repeated.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#INVENTORY}. Fails with {@code
 * InventoryUnavailable} (retried).
 */
@ActivityInterface
public interface AdoptedNodes {
  /**
   * Makes the node, or makes it say what the resource says now. Fails with {@code NameTaken} when
   * another database of the scope has the name, and with {@code Invalid} when the id is another
   * one's.
   */
  @ActivityMethod(name = "AdoptDatabase")
  void adopt(AdoptDatabase wanted);

  /** Takes the node away. There being none is fine, and so is one that no manifest owns. */
  @ActivityMethod(name = "ReleaseDatabase")
  void release(ReleaseDatabase released);
}
