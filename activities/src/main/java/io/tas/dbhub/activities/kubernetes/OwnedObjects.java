package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Creates and deletes one kind of object that belongs to connections, so that every step may be
 * repeated: what exists for the id is success, and so is what is gone.
 */
final class OwnedObjects<T extends HasMetadata> {
  private final KubernetesClient kubernetes;
  private final NonNamespaceOperation<T, ? extends KubernetesResourceList<T>, Resource<T>> objects;
  private final String path;
  private final String suffix;

  /**
   * @param path of the collection in the API
   * @param suffix what the names end with
   */
  OwnedObjects(
      KubernetesClient kubernetes,
      NonNamespaceOperation<T, ? extends KubernetesResourceList<T>, Resource<T>> objects,
      String path,
      String suffix) {
    this.kubernetes = kubernetes;
    this.objects = objects;
    this.path = path;
    this.suffix = suffix;
  }

  /** The object that the id has already, if any. */
  Optional<ResourceRef> find(DatabaseRef database) {
    return KubernetesFailures.translate(() -> list(database)).stream()
        .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
        .map(OwnedObjects::ref)
        .findFirst();
  }

  /**
   * Creates the object under the first name that no other database holds.
   *
   * @param build makes the object for a name
   */
  ResourceRef create(DatabaseRef database, Function<String, T> build) {
    for (String name : ObjectNames.candidates(database, suffix)) {
      Optional<ResourceRef> made =
          KubernetesFailures.translate(() -> createAs(name, database, build.apply(name)));
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw Failures.of(
        FailureType.KUBERNETES_REFUSED,
        "every name for the objects of database " + database.id() + " is held by another one");
  }

  /** Deletes what the id has, and nothing that took its name in between. */
  void delete(DatabaseRef database) {
    KubernetesFailures.translateVoid(() -> list(database).forEach(this::delete));
  }

  private Optional<ResourceRef> createAs(String name, DatabaseRef database, T object) {
    try {
      return Optional.of(ref(objects.resource(object).create()));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
    T holder = objects.withName(name).get();
    if (holder == null || leaving(holder, database)) {
      throw Failures.of(
          FailureType.KUBERNETES_UNAVAILABLE, name + " is just going away; try again");
    }
    return ObjectNames.belongsTo(holder, database) ? Optional.of(ref(holder)) : Optional.empty();
  }

  private static boolean leaving(HasMetadata holder, DatabaseRef database) {
    return ObjectNames.belongsTo(holder, database)
        && holder.getMetadata().getDeletionTimestamp() != null;
  }

  private void delete(T object) {
    try {
      // The client's own delete knows no uid; without it a namesake made meanwhile would die.
      kubernetes.raw(
          path + "/" + object.getMetadata().getName(),
          "DELETE",
          new DeleteOptionsBuilder()
              .withApiVersion("v1")
              .withKind("DeleteOptions")
              .withNewPreconditions()
              .withUid(object.getMetadata().getUid())
              .endPreconditions()
              .build());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private List<T> list(DatabaseRef database) {
    List<String> names = ObjectNames.candidates(database, suffix);
    return objects.withLabels(ObjectNames.selector(database)).list().getItems().stream()
        // A copy made by hand has the labels too, and is not ours to delete.
        .filter(object -> names.contains(object.getMetadata().getName()))
        .toList();
  }

  private static ResourceRef ref(HasMetadata object) {
    return new ResourceRef(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
