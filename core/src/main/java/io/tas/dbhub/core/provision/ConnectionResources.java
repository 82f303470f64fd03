package io.tas.dbhub.core.provision;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * The Kubernetes objects of one connection. Every step may be repeated: what exists already for
 * this id is success, and so is what is already gone.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#KUBERNETES}. Fails with {@code
 * KubernetesUnavailable} (retried), {@code KubernetesRefused} and {@code Unsealable}.
 */
@ActivityInterface
public interface ConnectionResources {
  /**
   * Creates {@code db-<8>-creds}, a longer prefix of the id where another database holds the name.
   */
  @ActivityMethod(name = "CreateSecret")
  ResourceRef createSecret(CreateSecret request);

  /** Creates {@code db-<8>}, which refers to the Secret and does not own it. */
  @ActivityMethod(name = "CreateDatabaseResource")
  ResourceRef createDatabaseResource(CreateDatabaseResource request);

  /** Deletes every Secret labelled with the id, whatever its name. */
  @ActivityMethod(name = "DeleteSecret")
  void deleteSecret(DatabaseRef database);

  /** Deletes every Database resource labelled with the id, whatever its name. */
  @ActivityMethod(name = "DeleteDatabaseResource")
  void deleteDatabaseResource(DatabaseRef database);
}
