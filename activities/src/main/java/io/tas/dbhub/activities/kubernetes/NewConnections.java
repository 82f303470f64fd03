package io.tas.dbhub.activities.kubernetes;

import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.model.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * Database resources as a first check needs them: each is read once, for all that the check does
 * with it.
 *
 * <p>Each call fails with {@code KubernetesUnavailable} when the API server cannot be asked, {@code
 * KubernetesRefused} when it does not let this process.
 */
public interface NewConnections {
  /** Null when there is none, or it is being deleted. */
  @Nullable DatabaseResource find(ResourceRef resource);

  /** What the resource says, with the credentials it refers to. */
  Connection read(DatabaseResource resource);

  /**
   * Writes the status that follows the one that the resource was read with. Fails with {@code
   * KubernetesUnavailable}, too, when the resource changed since.
   */
  void write(DatabaseResource resource, HealthReport report);
}
