package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a place inside an object is merged: field by field, item by item, or only as a whole. */
sealed interface Shape {

  /** The shape of a field of the object at this place. */
  Shape field(String name);

  /** The shape of the items of the list at this place. */
  Shape item();

  /** The fields that identify an item of the list at this place; empty for a list without. */
  List<String> keys();

  /** Whether the list at this place is a set of plain values. */
  boolean set();

  /** Whether the object at this place is replaced only as a whole. */
  boolean atomic();

  static Shape ofSchema(JsonNode schema) {
    return new BySchema(schema, true);
  }

  static Shape builtIn() {
    return new BuiltIn("", "");
  }

  /** The identity of a list's item, as it stands in {@code managedFields}. */
  default ObjectNode identity(JsonNode item) {
    ObjectNode identity = Json.object();
    for (String key : keys()) {
      JsonNode value = item.path(key);
      if (!value.isMissingNode()) {
        identity.set(key, value);
      } else if (key.equals("protocol")) {
        identity.put(key, "TCP");
      }
    }
    return identity;
  }

  /** A custom resource: what its schema says in {@code x-kubernetes-list-type} and its like. */
  record BySchema(JsonNode schema, boolean root) implements Shape {

    @Override
    public Shape field(String name) {
      if (root && name.equals("metadata")) {
        return new BuiltIn("", name);
      }
      JsonNode property = Json.at(schema, "properties", name);
      return new BySchema(
          property.isMissingNode() ? schema.path("additionalProperties") : property, false);
    }

    @Override
    public Shape item() {
      return new BySchema(schema.path("items"), false);
    }

    @Override
    public List<String> keys() {
      List<String> keys = new ArrayList<>();
      if ("map".equals(Json.text(schema, "x-kubernetes-list-type"))) {
        schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
      }
      return keys;
    }

    @Override
    public boolean set() {
      return "set".equals(Json.text(schema, "x-kubernetes-list-type"));
    }

    @Override
    public boolean atomic() {
      return "atomic".equals(Json.text(schema, "x-kubernetes-map-type"));
    }
  }

  /**
   * A built-in type: the few lists with identity, known by the field's name and the one above it.
   */
  record BuiltIn(String parent, String name) implements Shape {

    private static final Map<String, List<String>> KEYS =
        Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("conditions", List.of("type")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));

    @Override
    public Shape field(String field) {
      return new BuiltIn(name, field);
    }

    @Override
    public Shape item() {
      return new BuiltIn(name, "[]");
    }

    @Override
    public List<String> keys() {
      if (name.equals("ports")) {
        // A container's ports and a Service's have the same name and other keys.
        return parent.equals("[]")
            ? List.of("containerPort", "protocol")
            : List.of("port", "protocol");
      }
      return KEYS.getOrDefault(name, List.of());
    }

    @Override
    public boolean set() {
      return name.equals("finalizers");
    }

    @Override
    public boolean atomic() {
      return name.equals("secretKeyRef")
          || name.equals("configMapKeyRef")
          || name.equals("fieldRef");
    }
  }

  /** A place nothing is known about. */
  static Shape unknown() {
    return new BySchema(MissingNode.getInstance(), false);
  }
}
