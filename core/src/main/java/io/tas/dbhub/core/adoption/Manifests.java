package io.tas.dbhub.core.adoption;

import io.tas.dbhub.core.model.ResourceRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Database resources that were made by hand.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#KUBERNETES}. Fails with {@code
 * KubernetesUnavailable} (retried) and {@code KubernetesRefused}.
 */
@ActivityInterface
public interface Manifests {
  /**
   * Reads what the resource says, and whether its Namespace lets the tenant have databases made in
   * it.
   */
  @ActivityMethod(name = "ReadManifest")
  ManifestReading readManifest(ResourceRef resource);
}
