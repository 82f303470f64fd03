package io.tas.dbhub.core.instance;

import io.tas.dbhub.core.model.ResourceRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * The Kubernetes objects of a DBHubInstance. Credentials are read, rendered and applied inside one
 * activity and never returned.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#KUBERNETES}. Fails with {@code
 * KubernetesUnavailable} (retried) and {@code KubernetesRefused}.
 */
@ActivityInterface
public interface InstanceResources {
  /**
   * Reads the world, spreads the databases over servers, renders and applies each server-side, and
   * takes away servers that serve nothing any more. The same world changes nothing.
   */
  @ActivityMethod(name = "ApplyInstance")
  AppliedInstance apply(ResourceRef instance);

  /** Looks at what runs now, and writes the instance's status. */
  @ActivityMethod(name = "ObserveInstance")
  ObservedInstance observe(ObserveInstance applied);
}
