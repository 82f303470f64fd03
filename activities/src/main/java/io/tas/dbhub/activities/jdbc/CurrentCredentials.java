package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.Credentials;

/** Where the credentials of a saved connection are; Kubernetes, in the product. */
@FunctionalInterface
public interface CurrentCredentials {
  /**
   * The credentials as they would be after the change.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code Incomplete} when the Secret lacks what is
   *     to stay, {@code KubernetesUnavailable} when it cannot be asked for
   */
  Credentials changed(DatabaseRef database, ResourceRef secret, CredentialChange change);
}
