package io.tas.dbhub.core.update;

import io.tas.dbhub.core.sealing.SealedCredentials;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Changes the Kubernetes objects of a connection that exists. Every step may be repeated.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#KUBERNETES}. Fails with {@code
 * KubernetesUnavailable} (retried), {@code KubernetesRefused}, {@code Unsealable}, and {@code
 * Incomplete} when the object that is to be changed does not exist.
 */
@ActivityInterface
public interface ConnectionChanges {
  /** The credentials that the Secret holds now, sealed, to be put back should something fail. */
  @ActivityMethod(name = "SealCredentials")
  SealedCredentials sealCredentials(SealCredentials request);

  /** Writes credentials into the Secret. */
  @ActivityMethod(name = "SwitchCredentials")
  void switchCredentials(SwitchCredentials request);

  /**
   * Makes the Database resource say what the definition says: spec, labels and annotations that are
   * ours. Labels of the owner that the definition has no longer are removed, foreign ones stay.
   */
  @ActivityMethod(name = "ApplyDatabaseResource")
  void applyDatabaseResource(ApplyDatabaseResource request);
}
