package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields one manager owns, as paths in the notation of {@code managedFields}: {@code f:name}
 * for a field, {@code k:{…}} for a list's item by its identity, {@code v:…} for a member of a set,
 * {@code .} for the item itself.
 */
final class FieldSet {

  static final String ITEM_ITSELF = ".";

  private FieldSet() {}

  /** Every leaf of the object with its value. What the server itself writes is nobody's. */
  static Map<List<String>, JsonNode> leaves(ObjectNode object, Shape shape) {
    Map<List<String>, JsonNode> leaves = new LinkedHashMap<>();
    ObjectNode owned = object.deepCopy();
    owned.remove(List.of("apiVersion", "kind"));
    if (owned.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(
          List.of(
              "name",
              "namespace",
              "uid",
              "resourceVersion",
              "generation",
              "generateName",
              "creationTimestamp",
              "deletionTimestamp",
              "deletionGracePeriodSeconds",
              "selfLink",
              "managedFields"));
      if (metadata.isEmpty()) {
        owned.remove("metadata");
      }
    }
    owned
        .properties()
        .forEach(
            entry ->
                collect(
                    entry.getValue(),
                    shape.field(entry.getKey()),
                    List.of("f:" + entry.getKey()),
                    leaves));
    return leaves;
  }

  private static void collect(
      JsonNode node, Shape shape, List<String> path, Map<List<String>, JsonNode> leaves) {
    if (node.isNull()) {
      return;
    }
    if (node.isObject() && !node.isEmpty() && !shape.atomic()) {
      node.properties()
          .forEach(
              entry ->
                  collect(
                      entry.getValue(),
                      shape.field(entry.getKey()),
                      with(path, "f:" + entry.getKey()),
                      leaves));
    } else if (node.isArray() && !shape.keys().isEmpty()) {
      for (JsonNode item : node) {
        List<String> here = with(path, "k:" + shape.identity(item));
        leaves.put(with(here, ITEM_ITSELF), Json.object());
        item.properties()
            .forEach(
                entry ->
                    collect(
                        entry.getValue(),
                        shape.item().field(entry.getKey()),
                        with(here, "f:" + entry.getKey()),
                        leaves));
      }
    } else if (node.isArray() && shape.set()) {
      node.forEach(member -> leaves.put(with(path, "v:" + member), member));
    } else {
      leaves.put(path, node);
    }
  }

  static Set<List<String>> read(JsonNode fieldsV1) {
    Set<List<String>> paths = newSet();
    read(fieldsV1, List.of(), paths);
    return paths;
  }

  private static void read(JsonNode node, List<String> path, Set<List<String>> paths) {
    node.properties()
        .forEach(
            entry -> {
              List<String> here = with(path, entry.getKey());
              if (entry.getValue().isEmpty()) {
                paths.add(here);
              } else {
                read(entry.getValue(), here, paths);
              }
            });
  }

  static ObjectNode write(Set<List<String>> paths) {
    ObjectNode fields = Json.object();
    for (List<String> path : paths) {
      ObjectNode here = fields;
      for (String step : path) {
        here = Json.child(here, step);
      }
    }
    return fields;
  }

  /** Paths in a fixed order, so that the same set is always written the same. */
  static Set<List<String>> newSet() {
    return new TreeSet<>(
        (left, right) -> String.join("\n", left).compareTo(String.join("\n", right)));
  }

  /** Takes what stands at the path out of the object, and the objects that become empty by it. */
  static void remove(ObjectNode object, List<String> path) {
    remove((JsonNode) object, path);
  }

  private static boolean remove(JsonNode node, List<String> path) {
    String step = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (step.startsWith("f:") && node instanceof ObjectNode object) {
      String name = step.substring(2);
      JsonNode value = object.get(name);
      if (value != null && (rest.isEmpty() || (remove(value, rest) && value.isEmpty()))) {
        object.remove(name);
        return true;
      }
      return false;
    }
    for (int i = 0; i < node.size(); i++) {
      JsonNode item = node.get(i);
      if (matches(item, step)) {
        if (rest.isEmpty() || rest.equals(List.of(ITEM_ITSELF))) {
          ((com.fasterxml.jackson.databind.node.ArrayNode) node).remove(i);
          return true;
        }
        remove(item, rest);
        return false;
      }
    }
    return false;
  }

  private static boolean matches(JsonNode item, String step) {
    if (step.startsWith("v:")) {
      return item.toString().equals(step.substring(2));
    }
    if (!step.startsWith("k:")) {
      return false;
    }
    Map<String, JsonNode> wanted = new HashMap<>();
    Json.parse(step.substring(2)).properties().forEach(e -> wanted.put(e.getKey(), e.getValue()));
    return wanted.entrySet().stream()
        .allMatch(
            entry ->
                entry.getValue().equals(item.path(entry.getKey()))
                    || (entry.getKey().equals("protocol") && !item.has("protocol")));
  }

  private static List<String> with(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }
}
