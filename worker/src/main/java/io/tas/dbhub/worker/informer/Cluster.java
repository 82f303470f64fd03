package io.tas.dbhub.worker.informer;

import io.fabric8.kubernetes.api.model.Secret;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.ResourceRef;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of the watched namespaces at the moment. */
interface Cluster {
  /** Found without looking at every Database, for there may be as many changes as Databases. */
  Stream<DatabaseResource> databasesWith(ResourceRef secret);

  /** Empty as well while it has not been read yet. */
  Optional<Secret> secret(ResourceRef secret);

  Stream<DBHubInstance> instances();
}
