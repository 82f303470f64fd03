package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.Kubernetes;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects of an instance's servers: what there is of them, read once, and changing them. */
final class ServerObjects {
  private final KubernetesClient kubernetes;
  private final DBHubInstance instance;
  private final String namespace;

  /** By number; those of a server in the order in which they are to be deleted. */
  private final NavigableMap<Integer, List<HasMetadata>> present = new TreeMap<>();

  private final Map<Integer, Boolean> usable = new HashMap<>();

  private ServerObjects(KubernetesClient kubernetes, DBHubInstance instance) {
    this.kubernetes = kubernetes;
    this.instance = instance;
    this.namespace = instance.getMetadata().getNamespace();
  }

  static ServerObjects read(KubernetesClient kubernetes, DBHubInstance instance) {
    ServerObjects objects = new ServerObjects(kubernetes, instance);
    String namespace = objects.namespace;
    Map<String, String> labels = labels(instance);
    // The ConfigMap goes last: it says what a server has, and by it a server is found again.
    objects.add(deployments(kubernetes, instance));
    objects.add(kubernetes.services().inNamespace(namespace).withLabels(labels).list().getItems());
    objects.add(kubernetes.secrets().inNamespace(namespace).withLabels(labels).list().getItems());
    objects.add(
        kubernetes.configMaps().inNamespace(namespace).withLabels(labels).list().getItems());
    return objects;
  }

  /** Those of the instance's servers, with those that are going away. */
  static List<Deployment> deployments(KubernetesClient kubernetes, DBHubInstance instance) {
    return kubernetes
        .apps()
        .deployments()
        .inNamespace(instance.getMetadata().getNamespace())
        .withLabels(labels(instance))
        .list()
        .getItems()
        .stream()
        .filter(deployment -> isOf(instance, deployment))
        .toList();
  }

  /** Of all servers of an instance. */
  static Map<String, String> labels(DBHubInstance instance) {
    return Map.of(
        Kubernetes.INSTANCE,
        instance.getMetadata().getName(),
        Kubernetes.MANAGED_BY,
        Kubernetes.MANAGER);
  }

  /** A copy made by hand has the labels too; it has another name or another owner. */
  private static boolean isOf(DBHubInstance instance, HasMetadata object) {
    OptionalInt number = Server.numberOf(object);
    return number.isPresent()
        && ownedBy(object, instance)
        && new Server(instance, number.getAsInt()).names(object);
  }

  private void add(List<? extends HasMetadata> objects) {
    objects.stream()
        .filter(object -> isOf(instance, object))
        .forEach(
            object ->
                present
                    .computeIfAbsent(
                        Server.numberOf(object).orElseThrow(), number -> new ArrayList<>())
                    .add(object));
  }

  /** The databases that each server has, as its ConfigMap says. */
  NavigableMap<Integer, List<String>> listed() {
    NavigableMap<Integer, List<String>> listed = new TreeMap<>();
    present.forEach(
        (number, objects) ->
            objects.stream()
                .filter(ConfigMap.class::isInstance)
                .map(ConfigMap.class::cast)
                .forEach(map -> listed.put(number, InstanceManifests.databases(map))));
    return listed;
  }

  /**
   * Whether a server of this number may be made. Not while one is going away, and not where its
   * names are somebody else's: another instance may be called like a server of this one.
   */
  boolean usable(int number) {
    return usable.computeIfAbsent(number, this::mayBe);
  }

  private boolean mayBe(int number) {
    List<HasMetadata> objects = present.get(number);
    if (objects != null) {
      return objects.stream()
          .allMatch(object -> object.getMetadata().getDeletionTimestamp() == null);
    }
    Server server = new Server(instance, number);
    String name = server.name();
    return none(kubernetes.resources(DBHubInstance.class).inNamespace(namespace).withName(name))
        && none(kubernetes.apps().deployments().inNamespace(namespace).withName(name))
        && none(kubernetes.services().inNamespace(namespace).withName(name))
        && none(kubernetes.secrets().inNamespace(namespace).withName(server.secretName()))
        && none(kubernetes.configMaps().inNamespace(namespace).withName(server.configMapName()));
  }

  private static boolean none(Resource<?> resource) {
    return resource.get() == null;
  }

  /** Makes the object what is wanted, or answers the one that is so already. */
  <T extends HasMetadata> T apply(T wanted, Class<T> type) {
    Applied.mark(wanted);
    HasMetadata found = found(wanted);
    String what = "the " + wanted.getKind() + " " + wanted.getMetadata().getName();
    if (found != null && leaving(found, instance)) {
      throw Failures.of(
          FailureType.KUBERNETES_UNAVAILABLE, what + " is just going away; try again");
    }
    if (found != null && !ownedBy(found, instance)) {
      // Force takes fields from people, which is wanted; it must not take an object from anybody.
      throw Failures.of(
          FailureType.KUBERNETES_REFUSED, what + " exists and does not belong to this instance");
    }
    if (found instanceof Deployment before && wanted instanceof Deployment after) {
      new Predecessor(kubernetes).makeRoom(instance, before, after);
    }
    if (found != null && Applied.already(wanted, found)) {
      return type.cast(found);
    }
    return kubernetes
        .resource(wanted)
        .fieldManager(Kubernetes.MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  /** Deletes the servers of all other numbers. */
  void removeAllBut(Set<Integer> wanted) {
    present.forEach(
        (number, objects) -> {
          if (!wanted.contains(number)) {
            objects.stream()
                .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
                .forEach(object -> delete(kubernetes, object, propagation(object)));
          }
        });
  }

  private @Nullable HasMetadata found(HasMetadata wanted) {
    return present.values().stream()
        .flatMap(List::stream)
        .filter(
            object ->
                object.getKind().equals(wanted.getKind())
                    && object.getMetadata().getName().equals(wanted.getMetadata().getName()))
        .findFirst()
        .orElseGet(() -> kubernetes.resource(wanted).get());
  }

  /** A Deployment in the foreground, so that it is seen until its last pod is gone. */
  private static String propagation(HasMetadata object) {
    return object instanceof Deployment ? "Foreground" : "Background";
  }

  /** This object only, not one that took its name in between. */
  static void delete(KubernetesClient kubernetes, HasMetadata object, String propagation) {
    String api = object.getApiVersion();
    try {
      kubernetes.raw(
          "%s/%s/namespaces/%s/%s/%s"
              .formatted(
                  api.contains("/") ? "/apis" : "/api",
                  api,
                  object.getMetadata().getNamespace(),
                  object.getPlural(),
                  object.getMetadata().getName()),
          "DELETE",
          new DeleteOptionsBuilder()
              .withApiVersion("v1")
              .withKind("DeleteOptions")
              .withPropagationPolicy(propagation)
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

  /** It is being deleted, or will be: it belonged to an instance of this name that is no more. */
  static boolean leaving(HasMetadata object, DBHubInstance instance) {
    return object.getMetadata().getDeletionTimestamp() != null
        || object.getMetadata().getOwnerReferences().stream()
            .anyMatch(
                owner ->
                    owner.getKind().equals(instance.getKind())
                        && owner.getName().equals(instance.getMetadata().getName())
                        && !owner.getUid().equals(instance.getMetadata().getUid()));
  }

  static boolean ownedBy(HasMetadata object, DBHubInstance instance) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(instance.getMetadata().getUid()));
  }
}
