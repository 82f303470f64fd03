package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the Pods of each Deployment as it wants them, directly, without ReplicaSets in between; so
 * there is no history to roll back to. {@code minReadySeconds} and {@code paused} are not followed.
 */
final class DeploymentController implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeploymentController.class);
  private static final String MANAGER = "kube-controller-manager";

  private final ObjectStore store;
  private final Objects objects;
  private final Deletions deletions;
  private final ResourceType deployments;
  private final ResourceType pods;
  private final BlockingQueue<ObjectKey> work = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "memory-cluster-deployments");

  DeploymentController(
      ObjectStore store, TypeRegistry types, Objects objects, Deletions deletions) {
    this.store = store;
    this.objects = objects;
    this.deletions = deletions;
    this.deployments = types.find("apps", "v1", "deployments").orElseThrow();
    this.pods = types.find("", "v1", "pods").orElseThrow();
    thread.setDaemon(true);
  }

  void start() {
    store.exclusively(
        () -> {
          store.listen(event -> trigger(event.key(), event.object()));
          store.all().forEach(this::trigger);
          return true;
        });
    thread.start();
  }

  private void trigger(ObjectKey key, ObjectNode object) {
    if (key.of("apps", "deployments")) {
      enqueue(key);
    } else if (key.of("", "pods")) {
      for (JsonNode owner : Json.at(object, "metadata", "ownerReferences")) {
        if (Json.text(owner, "kind").equals("Deployment")) {
          enqueue(new ObjectKey("apps", "deployments", key.namespace(), Json.text(owner, "name")));
        }
      }
    }
  }

  private void enqueue(ObjectKey key) {
    if (!work.contains(key)) {
      work.add(key);
    }
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        ObjectKey key = work.take();
        try {
          store.get(key).filter(found -> !Json.terminating(found)).ifPresent(this::reconcile);
        } catch (ApiFailure e) {
          // Deleted meanwhile, or its namespace was: there is nothing left to do.
          LOG.debug("Deployment {}/{} has gone", key.namespace(), key.name(), e);
        } catch (RuntimeException e) {
          LOG.warn("Cannot reconcile Deployment {}/{}", key.namespace(), key.name(), e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void reconcile(ObjectNode deployment) {
    String namespace = Json.text(deployment, "metadata", "namespace");
    String hash = hash(Json.at(deployment, "spec", "template"));
    Rollout rollout = Rollout.next(deployment, podsOf(deployment), hash);
    for (ObjectNode pod : rollout.delete()) {
      deletions.delete(pods, namespace, Json.name(pod), Json.object(), false);
    }
    for (int i = 0; i < rollout.create(); i++) {
      objects.create(pods, namespace, pod(deployment, hash), WriteOptions.controller(MANAGER));
    }
    ObjectNode status = status(deployment, hash);
    objects.edit(
        deployments,
        namespace,
        Json.name(deployment),
        Admission.STATUS,
        MANAGER,
        now -> now.set("status", status));
  }

  private List<ObjectNode> podsOf(ObjectNode deployment) {
    String uid = Json.uid(deployment);
    return store.list("", "pods", Json.text(deployment, "metadata", "namespace")).stream()
        .filter(
            pod ->
                Json.at(pod, "metadata", "ownerReferences")
                    .path(0)
                    .path("uid")
                    .asText("")
                    .equals(uid))
        .toList();
  }

  private static ObjectNode pod(ObjectNode deployment, String hash) {
    JsonNode template = Json.at(deployment, "spec", "template");
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata");
    if (template.get("metadata") instanceof ObjectNode stated) {
      metadata.setAll(stated.deepCopy());
    }
    metadata.remove(List.of("name", "creationTimestamp"));
    metadata.put("generateName", Json.name(deployment) + "-" + hash + "-");
    Json.child(metadata, "labels").put(Rollout.HASH_LABEL, hash);
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "apps/v1")
        .put("kind", "Deployment")
        .put("name", Json.name(deployment))
        .put("uid", Json.uid(deployment))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    pod.set("spec", template.path("spec").deepCopy());
    return pod;
  }

  private ObjectNode status(ObjectNode deployment, String hash) {
    List<ObjectNode> active = podsOf(deployment).stream().filter(Rollout::active).toList();
    int desired = Json.at(deployment, "spec", "replicas").asInt(1);
    int updated = (int) active.stream().filter(pod -> Rollout.current(pod, hash)).count();
    int ready = (int) active.stream().filter(Rollout::ready).count();
    ObjectNode status = Json.object();
    status.put("observedGeneration", Json.at(deployment, "metadata", "generation").asInt(1));
    // Zeros are left out, as real servers do.
    number(status, "replicas", active.size());
    number(status, "updatedReplicas", updated);
    number(status, "readyReplicas", ready);
    number(status, "availableReplicas", ready);
    number(status, "unavailableReplicas", Math.max(0, desired - ready));
    boolean complete = updated == desired && active.size() == desired && ready >= desired;
    ArrayNode conditions = status.putArray("conditions");
    condition(
        deployment,
        conditions,
        "Available",
        ready >= desired ? "True" : "False",
        ready >= desired ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable");
    condition(
        deployment,
        conditions,
        "Progressing",
        "True",
        complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated");
    return status;
  }

  private static void condition(
      ObjectNode deployment, ArrayNode conditions, String type, String status, String reason) {
    Optional<JsonNode> before = Optional.empty();
    for (JsonNode old : Json.at(deployment, "status", "conditions")) {
      if (Json.text(old, "type").equals(type) && Json.text(old, "status").equals(status)) {
        before = Optional.of(old);
      }
    }
    conditions
        .addObject()
        .put("type", type)
        .put("status", status)
        .put("reason", reason)
        .put(
            "lastTransitionTime",
            before.map(old -> Json.text(old, "lastTransitionTime")).orElseGet(Admission::now));
  }

  private static void number(ObjectNode status, String name, int value) {
    if (value != 0) {
      status.put(name, value);
    }
  }

  private static String hash(JsonNode template) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(sorted(template).toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** The same tree with fields in alphabetical order: the order of fields is no change. */
  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> fields = new TreeMap<>();
      node.properties().forEach(entry -> fields.put(entry.getKey(), sorted(entry.getValue())));
      return Json.object().setAll(fields);
    }
    if (node.isArray()) {
      ArrayNode list = Json.array();
      node.forEach(item -> list.add(sorted(item)));
      return list;
    }
    return node;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
