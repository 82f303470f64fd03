package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The {@code scale} subresource: the number of replicas as an object of its own, for kubectl and an
 * HPA.
 */
final class Scale {

  private Scale() {}

  static ObjectNode of(ResourceType type, ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode named = scale.putObject("metadata");
    for (String field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      named.set(field, metadata.path(field));
    }
    int wanted = at(object, path(type, "specReplicasPath", ".spec.replicas")).asInt(0);
    int there = at(object, path(type, "statusReplicasPath", ".status.replicas")).asInt(0);
    scale.putObject("spec").put("replicas", wanted);
    ObjectNode status = scale.putObject("status").put("replicas", there);
    String selector =
        type.custom()
            ? at(object, path(type, "labelSelectorPath", "")).asText("")
            : labels(Json.at(object, "spec", "selector", "matchLabels"));
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  /** The object with the replicas that the scale asks for. */
  static ObjectNode applied(ResourceType type, ObjectNode object, JsonNode scale) {
    ObjectNode scaled = object.deepCopy();
    String[] steps = steps(path(type, "specReplicasPath", ".spec.replicas"));
    ObjectNode here = scaled;
    for (int i = 0; i < steps.length - 1; i++) {
      here = Json.child(here, steps[i]);
    }
    here.put(steps[steps.length - 1], Json.at(scale, "spec", "replicas").asInt(0));
    JsonNode version = Json.at(scale, "metadata", "resourceVersion");
    if (!version.isMissingNode()) {
      Json.metadata(scaled).set("resourceVersion", version);
    }
    return scaled;
  }

  private static String labels(JsonNode labels) {
    return String.join(
        ",",
        labels.properties().stream().map(e -> e.getKey() + "=" + e.getValue().asText()).toList());
  }

  private static String path(ResourceType type, String name, String otherwise) {
    return type.scale()
        .map(scale -> Json.text(scale, name))
        .filter(p -> !p.isEmpty())
        .orElse(otherwise);
  }

  private static JsonNode at(JsonNode object, String path) {
    return path.isEmpty()
        ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
        : Json.at(object, steps(path));
  }

  private static String[] steps(String path) {
    return path.substring(1).split("\\.", -1);
  }
}
