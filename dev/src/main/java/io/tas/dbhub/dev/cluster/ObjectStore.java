package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.dev.cluster.StoreEvent.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All objects, their revisions, and the recent changes that a watch can resume from. Safe for use
 * by many threads.
 *
 * <p>Trees that come out of the store are shared: copy before changing.
 */
final class ObjectStore {

  private static final int HISTORY = 20_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Map<ObjectKey, ObjectNode>> byType = new TreeMap<>();
  private final Deque<StoreEvent> history = new ArrayDeque<>();
  private final List<Consumer<StoreEvent>> listeners = new CopyOnWriteArrayList<>();
  private final ObjectFiles files;
  private long revision;
  private long forgotten;

  ObjectStore(ObjectFiles files) {
    this.files = files;
    this.revision = files.firstRevision();
    this.forgotten = revision;
    files.load().forEach((key, object) -> of(key).put(key, object));
  }

  /** Runs a read-modify-write that no other writer can come between. */
  <T> T exclusively(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  Optional<ObjectNode> get(ObjectKey key) {
    return exclusively(() -> Optional.ofNullable(of(key).get(key)));
  }

  /** Objects of a type in a namespace ("" for all), sorted by namespace and name. */
  List<ObjectNode> list(String group, String resource, String namespace) {
    return exclusively(
        () -> {
          List<ObjectNode> found = new ArrayList<>();
          type(group, resource)
              .forEach(
                  (key, object) -> {
                    if (namespace.isEmpty() || namespace.equals(key.namespace())) {
                      found.add(object);
                    }
                  });
          return found;
        });
  }

  /** Every object of every type. */
  Map<ObjectKey, ObjectNode> all() {
    return exclusively(
        () -> {
          Map<ObjectKey, ObjectNode> all = new TreeMap<>();
          byType.values().forEach(all::putAll);
          return all;
        });
  }

  long revision() {
    return exclusively(() -> revision);
  }

  /** Stores the object under a new resourceVersion and returns it. */
  ObjectNode put(ObjectKey key, ObjectNode object) {
    return exclusively(
        () -> {
          long next = revision + 1;
          Json.metadata(object).put("resourceVersion", Long.toString(next));
          files.write(key, object);
          revision = next;
          Optional<ObjectNode> before = Optional.ofNullable(of(key).put(key, object));
          Change change = before.isPresent() ? Change.MODIFIED : Change.ADDED;
          publish(new StoreEvent(next, change, key, object, before));
          return object;
        });
  }

  /** Removes the object; its last state as watchers are told it, empty when there was none. */
  Optional<ObjectNode> remove(ObjectKey key) {
    return exclusively(
        () -> {
          ObjectNode before = of(key).get(key);
          if (before == null) {
            return Optional.empty();
          }
          files.delete(key);
          of(key).remove(key);
          revision++;
          ObjectNode last = before.deepCopy();
          Json.metadata(last).put("resourceVersion", Long.toString(revision));
          publish(new StoreEvent(revision, Change.DELETED, key, last, Optional.of(before)));
          return Optional.of(last);
        });
  }

  /** Calls the listener within each change, in order: it must be quick and must not call back. */
  void listen(Consumer<StoreEvent> listener) {
    listeners.add(listener);
  }

  void forget(Consumer<StoreEvent> listener) {
    listeners.remove(listener);
  }

  /**
   * The changes after a revision, oldest first.
   *
   * @throws ApiFailure 410 when they are no longer known, or the revision is of no run of this
   *     store
   */
  List<StoreEvent> since(long after) {
    return exclusively(
        () -> {
          if (after < forgotten || after > revision) {
            throw ApiFailure.gone();
          }
          return history.stream().filter(event -> event.revision() > after).toList();
        });
  }

  private void publish(StoreEvent event) {
    history.addLast(event);
    if (history.size() > HISTORY) {
      forgotten = history.removeFirst().revision();
    }
    listeners.forEach(listener -> listener.accept(event));
  }

  private Map<ObjectKey, ObjectNode> of(ObjectKey key) {
    return type(key.group(), key.resource());
  }

  private Map<ObjectKey, ObjectNode> type(String group, String resource) {
    return byType.computeIfAbsent(group + "/" + resource, any -> new TreeMap<>());
  }
}
