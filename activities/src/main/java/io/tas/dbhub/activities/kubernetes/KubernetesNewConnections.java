package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.model.ResourceRef;
import org.jspecify.annotations.Nullable;

/** Three requests for a check: resource, Secret, status. Thread-safe. */
public final class KubernetesNewConnections implements NewConnections {
  private final ConnectionReader reader;
  private final KnownConnections known;
  private final DatabaseStatusWriter statuses;

  /**
   * @param known learns what is read, so that the next probe need not read it again
   */
  public KubernetesNewConnections(
      KubernetesClient kubernetes, ManagedDatabases managed, KnownConnections known) {
    this.reader = new ConnectionReader(kubernetes, managed);
    this.known = known;
    this.statuses = new DatabaseStatusWriter(kubernetes, new EventRecorder(kubernetes));
  }

  @Override
  public @Nullable DatabaseResource find(ResourceRef resource) {
    return reader.find(resource);
  }

  @Override
  public Connection read(DatabaseResource resource) {
    return known.read(resource);
  }

  @Override
  public void write(DatabaseResource resource, HealthReport report) {
    statuses.write(resource, report);
  }
}
