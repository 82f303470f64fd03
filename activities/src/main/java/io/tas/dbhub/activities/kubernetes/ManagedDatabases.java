package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which Database resources the control plane made. Labels are anybody's to write, and come
 * along with a copy: they name a database only on a resource that lives where the control plane
 * makes them, under a name it would give.
 */
public final class ManagedDatabases {
  private final String namespace;

  /**
   * @param namespace where connections made through REST live
   */
  public ManagedDatabases(String namespace) {
    this.namespace = namespace;
  }

  /** The database that the resource is of; empty for one made by hand, whatever its labels say. */
  public Optional<DatabaseRef> find(DatabaseResource resource) {
    return find(resource, "");
  }

  /**
   * The database that an object is of.
   *
   * @param suffix what the names of its kind end with
   */
  Optional<DatabaseRef> find(HasMetadata object, String suffix) {
    Map<String, String> labels =
        Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
    String id = labels.get(Kubernetes.DATABASE_ID);
    String tenant = labels.get(Kubernetes.TENANT);
    String space = labels.get(Kubernetes.SPACE);
    if (!Kubernetes.MANAGER.equals(labels.get(Kubernetes.MANAGED_BY))
        || !namespace.equals(object.getMetadata().getNamespace())
        || id == null
        || tenant == null
        || space == null
        || !Scope.valid(tenant)
        || !Scope.valid(space)) {
      return Optional.empty();
    }
    return Optional.of(new DatabaseRef(id, new Scope(tenant, space)))
        .filter(
            database ->
                ObjectNames.candidates(database, suffix).contains(object.getMetadata().getName()));
  }
}
