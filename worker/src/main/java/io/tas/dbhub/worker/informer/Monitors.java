package io.tas.dbhub.worker.informer;

import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.ManifestClaims;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.DatabaseRef;

/** Which monitor belongs to a Database resource. */
final class Monitors {
  private final ManagedDatabases managed;
  private final ManifestClaims claims;

  Monitors(ManagedDatabases managed) {
    this.managed = managed;
    this.claims = new ManifestClaims(managed);
  }

  /**
   * Of a resource without a status: whoever made it by hand waits for the first. One that asks for
   * a place in the inventory goes the ordinary way, on which it gets it.
   */
  Notice unprobed(DatabaseResource resource) {
    MonitorRequest request = request(resource);
    return request.database() == null && claims.database(resource).isEmpty()
        ? new Notice.ConnectionNew(id(resource), request)
        : new Notice.ConnectionChanged(id(resource), request);
  }

  Notice changed(DatabaseResource resource) {
    return new Notice.ConnectionChanged(id(resource), request(resource));
  }

  Notice seen(DatabaseResource resource) {
    return new Notice.ConnectionSeen(id(resource), request(resource));
  }

  Notice gone(DatabaseResource resource) {
    return managed.find(resource).isPresent()
        ? new Notice.ConnectionMissing(id(resource))
        : new Notice.ConnectionGone(id(resource));
  }

  /** The database's id, the resource's uid where it was made by hand. */
  String id(DatabaseResource resource) {
    return managed
        .find(resource)
        .map(DatabaseRef::id)
        .orElseGet(() -> resource.getMetadata().getUid());
  }

  /** Whether the workflow that makes the resource starts its monitor too. */
  boolean provisioned(DatabaseResource resource) {
    return managed.find(resource).isPresent();
  }

  private MonitorRequest request(DatabaseResource resource) {
    return managed
        .find(resource)
        .map(database -> MonitorRequest.managed(resource.ref(), database))
        .orElseGet(
            () -> MonitorRequest.byHand(resource.ref(), resource.getMetadata().getUid(), null));
  }
}
