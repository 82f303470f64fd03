package io.tas.dbhub.activities.comparison;

import io.tas.dbhub.activities.kubernetes.ConnectionObject;
import io.tas.dbhub.activities.kubernetes.ConnectionObject.Kind;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.storage.inventory.ConnectionRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what is wrong with a connection, from what there is of it. Pure. */
final class Comparison {
  private Comparison() {}

  /**
   * What there is of one connection.
   *
   * @param node null when the inventory has none
   */
  record Parts(DatabaseRef database, @Nullable ConnectionRow node, List<ConnectionObject> objects) {
    Parts {
      objects = List.copyOf(objects);
    }
  }

  sealed interface Finding {
    record Whole() implements Finding {}

    /**
     * The inventory says that it exists, and parts are missing.
     *
     * @param message for people
     */
    record Incomplete(String message) implements Finding {}

    /** There are objects, and the inventory does not know the connection. */
    record Orphaned(List<ConnectionObject> objects) implements Finding {
      public Orphaned {
        objects = List.copyOf(objects);
      }
    }
  }

  /** Everything that was found, by connection. */
  static List<Parts> assemble(List<ConnectionRow> nodes, List<ConnectionObject> objects) {
    Map<DatabaseRef, ConnectionRow> known = new LinkedHashMap<>();
    nodes.forEach(node -> known.put(node.database(), node));
    Map<DatabaseRef, List<ConnectionObject>> found = new LinkedHashMap<>();
    objects.forEach(
        object -> found.computeIfAbsent(object.database(), ref -> new ArrayList<>()).add(object));
    return Stream.concat(known.keySet().stream(), found.keySet().stream())
        .distinct()
        .map(
            database ->
                new Parts(database, known.get(database), found.getOrDefault(database, List.of())))
        .toList();
  }

  static Finding judge(Parts parts) {
    ConnectionRow node = parts.node();
    if (node == null) {
      return parts.objects().isEmpty()
          ? new Finding.Whole()
          : new Finding.Orphaned(parts.objects());
    }
    boolean secret = has(parts, Kind.SECRET, node.secret());
    boolean resource = has(parts, Kind.DATABASE, node.resource());
    if (secret && resource) {
      return new Finding.Whole();
    }
    List<String> missing = new ArrayList<>();
    if (!resource) {
      missing.add("The Database resource " + node.resource().name() + " is missing.");
    }
    if (!secret) {
      missing.add("The Secret " + node.secret().name() + " is missing.");
    }
    missing.add(
        secret
            ? "Repair the database to put it back."
            : "Repair the database, with its credentials, to put back what is missing.");
    return new Finding.Incomplete(String.join(" ", missing));
  }

  private static boolean has(Parts parts, Kind kind, ResourceRef ref) {
    return parts.objects().stream()
        .anyMatch(object -> object.kind() == kind && object.ref().equals(ref) && !object.leaving());
  }
}
