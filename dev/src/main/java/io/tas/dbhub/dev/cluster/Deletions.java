package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

/**
 * What a delete does: at once, or marked and left to finalizers, or, for a Pod on a node, left to
 * the node.
 *
 * <p>Foreground propagation is carried out like background: dependents go right after their owner.
 */
final class Deletions {

  private static final String MANAGER = "kube-apiserver";

  private final ObjectStore store;
  private final TypeRegistry types;

  Deletions(ObjectStore store, TypeRegistry types) {
    this.store = store;
    this.types = types;
  }

  /**
   * Deletes one object.
   *
   * @param body the {@code DeleteOptions}, empty for none
   * @return the object's last or marked state
   */
  ObjectNode delete(
      ResourceType type, String namespace, String name, JsonNode body, boolean dryRun) {
    ObjectKey key = type.key(namespace, name);
    return store.exclusively(
        () -> {
          ObjectNode before = store.get(key).orElseThrow(() -> ApiFailure.notFound(type, name));
          checkPreconditions(type, before, body.path("preconditions"));
          if (dryRun) {
            return before;
          }
          if ("Orphan".equals(Json.text(body, "propagationPolicy"))
              || body.path("orphanDependents").asBoolean(false)) {
            disown(Json.uid(before));
          }
          int grace = grace(key, before, body);
          boolean held = !Json.at(before, "metadata", "finalizers").isEmpty();
          if (grace == 0 && !held) {
            return store.remove(key).orElse(before);
          }
          return mark(key, before, grace);
        });
  }

  private ObjectNode mark(ObjectKey key, ObjectNode before, int grace) {
    if (Json.terminating(before)) {
      return before;
    }
    ObjectNode after = before.deepCopy();
    Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(grace);
    Json.metadata(after)
        .put("deletionTimestamp", end.toString())
        .put("deletionGracePeriodSeconds", grace);
    return store.put(key, after);
  }

  /** Seconds the node has to stop a Pod; nothing else waits. */
  private static int grace(ObjectKey key, ObjectNode object, JsonNode body) {
    boolean running =
        key.of("", "pods")
            && !Json.text(object, "spec", "nodeName").isEmpty()
            && !Json.text(object, "status", "phase").matches("Succeeded|Failed");
    if (!running) {
      return 0;
    }
    OptionalInt asked =
        body.has("gracePeriodSeconds")
            ? OptionalInt.of(body.path("gracePeriodSeconds").asInt())
            : OptionalInt.empty();
    return asked.orElse(Json.at(object, "spec", "terminationGracePeriodSeconds").asInt(30));
  }

  private static void checkPreconditions(ResourceType type, ObjectNode object, JsonNode wanted) {
    for (String field : new String[] {"uid", "resourceVersion"}) {
      String expected = Json.text(wanted, field);
      String actual = Json.text(object, "metadata", field);
      if (!expected.isEmpty() && !expected.equals(actual)) {
        throw ApiFailure.conflict(
            type,
            Json.name(object),
            "Precondition failed: "
                + field
                + " in precondition: "
                + expected
                + ", in object meta: "
                + actual);
      }
    }
  }

  /**
   * Takes the owner out of every owner reference, so that the garbage collector leaves the
   * dependents.
   */
  private void disown(String uid) {
    store
        .all()
        .forEach(
            (key, object) -> {
              ObjectNode after = object.deepCopy();
              JsonNode owners = Json.at(after, "metadata", "ownerReferences");
              if (owners instanceof ArrayNode list) {
                for (int i = list.size() - 1; i >= 0; i--) {
                  if (Json.text(list.get(i), "uid").equals(uid)) {
                    list.remove(i);
                  }
                }
              }
              types
                  .find(key)
                  .filter(type -> !after.equals(object))
                  .ifPresent(
                      type -> {
                        ServerSideApply.recordUpdate(object, after, type, MANAGER, "");
                        store.put(key, after);
                      });
            });
  }
}
