package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.tas.dbhub.activities.kubernetes.ConnectionObject.Kind;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What there is of all connections made through REST, by name: contents are dropped at once. A copy
 * made by hand is none of them. Thread-safe.
 */
public final class ConnectionObjects {
  private final KubernetesClient kubernetes;
  private final ManagedDatabases managed;
  private final String namespace;

  /**
   * @param namespace where connections made through REST live
   */
  public ConnectionObjects(KubernetesClient kubernetes, String namespace) {
    this.kubernetes = kubernetes;
    this.managed = new ManagedDatabases(namespace);
    this.namespace = namespace;
  }

  /**
   * All of a kind, read in pages.
   *
   * @param alive called after each page
   * @throws io.temporal.failure.ApplicationFailure {@code KubernetesUnavailable}, {@code
   *     KubernetesRefused}
   */
  public List<ConnectionObject> list(Kind kind, Runnable alive) {
    return switch (kind) {
      case SECRET ->
          list(
              kind,
              kubernetes
                  .secrets()
                  .inNamespace(namespace)
                  .withLabel(Kubernetes.MANAGED_BY, Kubernetes.MANAGER),
              alive);
      case DATABASE ->
          list(
              kind,
              kubernetes
                  .resources(DatabaseResource.class)
                  .inNamespace(namespace)
                  .withLabel(Kubernetes.MANAGED_BY, Kubernetes.MANAGER),
              alive);
    };
  }

  /** The object of that name, if it is one of the database's. */
  public Optional<ConnectionObject> find(DatabaseRef database, Kind kind, ResourceRef ref) {
    if (!ref.namespace().equals(namespace)) {
      return Optional.empty();
    }
    HasMetadata found =
        KubernetesFailures.translate(
            () ->
                switch (kind) {
                  case SECRET ->
                      kubernetes.secrets().inNamespace(namespace).withName(ref.name()).get();
                  case DATABASE ->
                      kubernetes
                          .resources(DatabaseResource.class)
                          .inNamespace(namespace)
                          .withName(ref.name())
                          .get();
                });
    return Optional.ofNullable(found)
        .flatMap(object -> described(kind, object))
        .filter(object -> object.database().equals(database));
  }

  private <T extends HasMetadata, L extends KubernetesResourceList<T>> List<ConnectionObject> list(
      Kind kind, Listable<L> objects, Runnable alive) {
    List<ConnectionObject> all = new ArrayList<>();
    KubernetesFailures.translateVoid(
        () -> Pages.read(objects, object -> described(kind, object).ifPresent(all::add), alive));
    return all;
  }

  private Optional<ConnectionObject> described(Kind kind, HasMetadata object) {
    return managed
        .find(object, kind.suffix())
        .map(
            database ->
                new ConnectionObject(
                    database,
                    kind,
                    OwnedObjects.ref(object),
                    object.getMetadata().getDeletionTimestamp() != null));
  }
}
