package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What an API server fills into the built-in objects, as far as the project or kubectl relies on
 * it.
 */
final class BuiltInDefaults {

  private BuiltInDefaults() {}

  static void fillIn(ResourceType type, ObjectNode object, Optional<ObjectNode> before) {
    switch (type.qualified()) {
      case "secrets" -> secret(object);
      case "services" -> service(object, before);
      case "namespaces" -> namespace(object);
      case "pods" -> pod(object, before);
      case "deployments.apps" -> deployment(object);
      case "customresourcedefinitions.apiextensions.k8s.io" -> definition(object);
      default -> {}
    }
  }

  private static void secret(ObjectNode secret) {
    if (secret.remove("stringData") instanceof ObjectNode texts) {
      ObjectNode data = Json.child(secret, "data");
      texts
          .properties()
          .forEach(
              entry -> {
                byte[] utf8 = entry.getValue().asText().getBytes(StandardCharsets.UTF_8);
                data.put(entry.getKey(), Base64.getEncoder().encodeToString(utf8));
              });
    }
    missing(secret, "type", "Opaque");
  }

  private static void service(ObjectNode service, Optional<ObjectNode> before) {
    ObjectNode spec = Json.child(service, "spec");
    missing(spec, "type", "ClusterIP");
    missing(spec, "sessionAffinity", "None");
    if (!spec.has("clusterIP") && !Json.text(spec, "type").equals("ExternalName")) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      String fresh = "10.96." + random.nextInt(256) + "." + random.nextInt(1, 255);
      spec.put(
          "clusterIP",
          before
              .map(old -> Json.text(old, "spec", "clusterIP"))
              .filter(address -> !address.isEmpty())
              .orElse(fresh));
    }
    for (JsonNode port : spec.path("ports")) {
      missing((ObjectNode) port, "protocol", "TCP");
      if (!port.has("targetPort")) {
        ((ObjectNode) port).set("targetPort", port.path("port"));
      }
    }
    Json.child(Json.child(service, "status"), "loadBalancer");
  }

  private static void namespace(ObjectNode namespace) {
    Json.child(Json.metadata(namespace), "labels")
        .put("kubernetes.io/metadata.name", Json.name(namespace));
    missing(Json.child(namespace, "status"), "phase", "Active");
  }

  private static void pod(ObjectNode pod, Optional<ObjectNode> before) {
    podSpec(Json.child(pod, "spec"));
    if (before.isEmpty()) {
      missing(Json.child(pod, "status"), "phase", "Pending");
    }
  }

  private static void podSpec(ObjectNode spec) {
    missing(spec, "restartPolicy", "Always");
    missing(spec, "dnsPolicy", "ClusterFirst");
    missing(spec, "schedulerName", "default-scheduler");
    if (!spec.has("terminationGracePeriodSeconds")) {
      spec.put("terminationGracePeriodSeconds", 30);
    }
    if (!spec.has("securityContext")) {
      spec.putObject("securityContext");
    }
    for (JsonNode container : spec.path("containers")) {
      boolean floating = Json.text(container, "image").endsWith(":latest");
      missing((ObjectNode) container, "imagePullPolicy", floating ? "Always" : "IfNotPresent");
      for (JsonNode port : container.path("ports")) {
        missing((ObjectNode) port, "protocol", "TCP");
      }
    }
  }

  private static void deployment(ObjectNode deployment) {
    ObjectNode spec = Json.child(deployment, "spec");
    number(spec, "replicas", 1);
    number(spec, "revisionHistoryLimit", 10);
    number(spec, "progressDeadlineSeconds", 600);
    ObjectNode strategy = Json.child(spec, "strategy");
    missing(strategy, "type", "RollingUpdate");
    if (Json.text(strategy, "type").equals("RollingUpdate")) {
      ObjectNode rolling = Json.child(strategy, "rollingUpdate");
      missing(rolling, "maxSurge", "25%");
      missing(rolling, "maxUnavailable", "25%");
    }
    podSpec(Json.child(Json.child(spec, "template"), "spec"));
  }

  private static void definition(ObjectNode definition) {
    ObjectNode names = Json.child(Json.child(definition, "spec"), "names");
    missing(names, "listKind", Json.text(names, "kind") + "List");
    missing(names, "singular", Json.text(names, "kind").toLowerCase(java.util.Locale.ROOT));
    ObjectNode status = Json.child(definition, "status");
    status.set("acceptedNames", names.deepCopy());
    ArrayNode stored = status.putArray("storedVersions");
    for (JsonNode version : Json.at(definition, "spec", "versions")) {
      if (version.path("storage").asBoolean()) {
        stored.add(Json.text(version, "name"));
      }
    }
    if (!status.has("conditions")) {
      ArrayNode conditions = status.putArray("conditions");
      String since = Json.text(definition, "metadata", "creationTimestamp");
      for (String type : new String[] {"NamesAccepted", "Established"}) {
        conditions
            .addObject()
            .put("type", type)
            .put("status", "True")
            .put("reason", "Accepted")
            .put("message", "served by the in-memory server")
            .put("lastTransitionTime", since);
      }
    }
  }

  private static void missing(ObjectNode object, String name, String value) {
    if (!object.hasNonNull(name)) {
      object.put(name, value);
    }
  }

  private static void number(ObjectNode object, String name, int value) {
    if (!object.hasNonNull(name)) {
      object.put(name, value);
    }
  }
}
