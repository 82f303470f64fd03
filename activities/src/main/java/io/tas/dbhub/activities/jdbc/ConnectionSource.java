package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.model.ResourceRef;

/** Where the desired connection and its credentials are read; Kubernetes, in the product. */
@FunctionalInterface
public interface ConnectionSource {
  /**
   * What the resource says.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code KubernetesUnavailable} when it cannot be
   *     asked
   */
  Connection read(ResourceRef resource);

  /** What the resource said a moment ago, which may be cheaper to find out. Fails likewise. */
  default Connection known(ResourceRef resource) {
    return read(resource);
  }
}
