package io.tas.dbhub.worker.informer;

import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import java.util.stream.Stream;

/** What is known of the watched namespaces at the moment. */
interface Cluster {
  Stream<DatabaseResource> databases();

  Stream<DBHubInstance> instances();
}
