package io.tas.dbhub.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;
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
  private OwnedObjects(
      KubernetesClient kubernetes,
      NonNamespaceOperation<T, ? extends KubernetesResourceList<T>, Resource<T>> objects,
      String path,
      String suffix) {
    this.kubernetes = kubernetes;
    this.objects = objects;
    this.path = path;
    this.suffix = suffix;
  }

  static OwnedObjects<Secret> secrets(KubernetesClient kubernetes, String namespace) {
    return new OwnedObjects<>(
        kubernetes,
        kubernetes.secrets().inNamespace(namespace),
        "/api/v1/namespaces/" + namespace + "/secrets",
        ObjectNames.SECRET_SUFFIX);
  }

  static OwnedObjects<DatabaseResource> databases(KubernetesClient kubernetes, String namespace) {
    return new OwnedObjects<>(
        kubernetes,
        kubernetes.resources(DatabaseResource.class).inNamespace(namespace),
        "/apis/"
            + Kubernetes.GROUP
            + "/"
            + Kubernetes.VERSION
            + "/namespaces/"
            + namespace
            + "/databases",
        "");
  }

  /** The objects that the id has, those on their way out excepted. */
  List<T> find(DatabaseRef database) {
    return KubernetesFailures.translate(() -> list(database)).stream()
        .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** The object of that name, if it is one of the database's and stays. */
  Optional<T> find(DatabaseRef database, String name) {
    return Optional.ofNullable(KubernetesFailures.translate(() -> objects.withName(name).get()))
        .filter(object -> ObjectNames.candidates(database, suffix).contains(name))
        .filter(object -> ObjectNames.belongsTo(object, database))
        .filter(object -> object.getMetadata().getDeletionTimestamp() == null);
  }

  /**
   * Changes an object, unless somebody else did since it was read: then {@code
   * KubernetesUnavailable}, which is retried and reads it anew.
   *
   * @param patch RFC 7386; says nothing of the version
   */
  T patch(T read, ObjectNode patch) {
    patch
        .withObjectProperty("metadata")
        .put("resourceVersion", read.getMetadata().getResourceVersion());
    return KubernetesFailures.translate(
        () ->
            objects
                .withName(read.getMetadata().getName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString()));
  }

  /**
   * Creates the object under the first name that no other database holds, or answers the one that
   * is there for the id.
   *
   * @param build makes the object for a name
   */
  T create(DatabaseRef database, Function<String, T> build) {
    for (String name : ObjectNames.candidates(database, suffix)) {
      Optional<T> made =
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

  private Optional<T> createAs(String name, DatabaseRef database, T object) {
    try {
      return Optional.of(objects.resource(object).create());
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
    return ObjectNames.belongsTo(holder, database) ? Optional.of(holder) : Optional.empty();
  }

  private static boolean leaving(HasMetadata holder, DatabaseRef database) {
    return ObjectNames.belongsTo(holder, database)
        && holder.getMetadata().getDeletionTimestamp() != null;
  }

  private void delete(T object) {
    try {
      delete(
          kubernetes, path + "/" + object.getMetadata().getName(), object.getMetadata().getUid());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  /** The client's own delete knows no uid; without it a namesake made meanwhile would die. */
  static void delete(KubernetesClient kubernetes, String path, String uid) {
    kubernetes.raw(
        path,
        "DELETE",
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withNewPreconditions()
            .withUid(uid)
            .endPreconditions()
            .build());
  }

  private List<T> list(DatabaseRef database) {
    List<String> names = ObjectNames.candidates(database, suffix);
    return objects.withLabels(ObjectNames.selector(database)).list().getItems().stream()
        // A copy made by hand has the labels too, and is not ours to delete.
        .filter(object -> names.contains(object.getMetadata().getName()))
        .toList();
  }

  static ResourceRef ref(HasMetadata object) {
    return new ResourceRef(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
