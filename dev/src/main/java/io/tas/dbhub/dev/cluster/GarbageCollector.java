package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.dev.cluster.StoreEvent.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what lost its last owner, its namespace or its definition. One thread; in the background,
 * as in a cluster.
 */
final class GarbageCollector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);

  private final ObjectStore store;
  private final TypeRegistry types;
  private final Deletions deletions;
  private final BlockingQueue<StoreEvent> changes = new LinkedBlockingQueue<>();
  private final Map<String, Set<ObjectKey>> dependents = new HashMap<>();
  private final Set<String> alive = new HashSet<>();
  private final Thread thread = new Thread(this::run, "memory-cluster-gc");

  GarbageCollector(ObjectStore store, TypeRegistry types, Deletions deletions) {
    this.store = store;
    this.types = types;
    this.deletions = deletions;
    thread.setDaemon(true);
  }

  void start() {
    Map<ObjectKey, ObjectNode> present =
        store.exclusively(
            () -> {
              store.listen(changes::add);
              return store.all();
            });
    present.forEach(this::learn);
    // A kill between an owner's deletion and its dependents' leaves these behind.
    present.forEach(this::collectIfOrphaned);
    thread.start();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        handle(changes.take());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.warn("The garbage collector skips a change", e);
      }
    }
  }

  private void handle(StoreEvent event) {
    if (event.change() != Change.DELETED) {
      learn(event.key(), event.object());
      if (event.change() == Change.ADDED) {
        collectIfOrphaned(event.key(), event.object());
      }
      return;
    }
    String uid = Json.uid(event.object());
    alive.remove(uid);
    for (JsonNode owner : owners(event.object())) {
      Set<ObjectKey> siblings = dependents.get(Json.text(owner, "uid"));
      if (siblings != null) {
        siblings.remove(event.key());
      }
    }
    Set<ObjectKey> orphans = dependents.remove(uid);
    if (orphans != null) {
      for (ObjectKey key : orphans) {
        store.get(key).ifPresent(object -> collectIfOrphaned(key, object));
      }
    }
    if (event.key().of("", "namespaces")) {
      String namespace = event.key().name();
      store.all().keySet().stream()
          .filter(key -> key.namespace().equals(namespace))
          .forEach(this::delete);
    }
    if (event.key().of(TypeRegistry.CRD_GROUP, TypeRegistry.CRD_PLURAL)) {
      String group = Json.text(event.object(), "spec", "group");
      String plural = Json.text(event.object(), "spec", "names", "plural");
      store.all().keySet().stream().filter(key -> key.of(group, plural)).forEach(store::remove);
    }
  }

  private void learn(ObjectKey key, ObjectNode object) {
    alive.add(Json.uid(object));
    for (JsonNode owner : owners(object)) {
      dependents.computeIfAbsent(Json.text(owner, "uid"), any -> new HashSet<>()).add(key);
    }
  }

  private void collectIfOrphaned(ObjectKey key, ObjectNode object) {
    JsonNode owners = owners(object);
    for (JsonNode owner : owners) {
      if (alive.contains(Json.text(owner, "uid"))) {
        return;
      }
    }
    if (!owners.isEmpty()) {
      delete(key);
    }
  }

  private void delete(ObjectKey key) {
    types
        .find(key)
        .ifPresent(
            type -> {
              try {
                deletions.delete(type, key.namespace(), key.name(), Json.object(), false);
              } catch (ApiFailure gone) {
                LOG.debug("Already deleted: {}", key);
              }
            });
  }

  private static JsonNode owners(JsonNode object) {
    return Json.at(object, "metadata", "ownerReferences");
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
