package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A kind of object the server stores.
 *
 * @param statusSubresource whether status is written only through {@code /status}
 * @param generations whether {@code metadata.generation} counts the changes outside metadata and
 *     status
 * @param schema the OpenAPI schema of a custom resource, empty for the built-in ones, whose bodies
 *     are not validated
 * @param scale the {@code scale} subresource of a CRD, {@code {specReplicasPath,
 *     statusReplicasPath, …}}
 */
record ResourceType(
    String group,
    String version,
    String kind,
    String plural,
    String singular,
    List<String> shortNames,
    List<String> categories,
    boolean namespaced,
    boolean statusSubresource,
    boolean generations,
    Optional<JsonNode> schema,
    Optional<JsonNode> scale,
    List<PrinterColumn> columns) {

  static ResourceType custom(JsonNode crd, JsonNode version) {
    JsonNode spec = crd.path("spec");
    JsonNode names = spec.path("names");
    JsonNode schema = Json.at(version, "schema", "openAPIV3Schema");
    JsonNode scale = Json.at(version, "subresources", "scale");
    String kind = Json.text(names, "kind");
    String singular = Json.text(names, "singular");
    return new ResourceType(
        Json.text(spec, "group"),
        Json.text(version, "name"),
        kind,
        Json.text(names, "plural"),
        singular.isEmpty() ? kind.toLowerCase(java.util.Locale.ROOT) : singular,
        texts(names.path("shortNames")),
        texts(names.path("categories")),
        "Namespaced".equals(Json.text(spec, "scope")),
        Json.at(version, "subresources").has("status"),
        true,
        schema.isObject() ? Optional.of(schema) : Optional.empty(),
        scale.isObject() ? Optional.of(scale) : Optional.empty(),
        columns(version.path("additionalPrinterColumns")));
  }

  private static List<PrinterColumn> columns(JsonNode columns) {
    java.util.ArrayList<PrinterColumn> list = new java.util.ArrayList<>();
    for (JsonNode column : columns) {
      list.add(
          new PrinterColumn(
              Json.text(column, "name"),
              Json.text(column, "type"),
              Json.text(column, "jsonPath"),
              column.path("priority").asInt(0)));
    }
    if (list.isEmpty()) {
      list.add(new PrinterColumn("Age", "date", ".metadata.creationTimestamp", 0));
    }
    return List.copyOf(list);
  }

  private static List<String> texts(JsonNode array) {
    java.util.ArrayList<String> list = new java.util.ArrayList<>();
    array.forEach(item -> list.add(item.asText()));
    return List.copyOf(list);
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  String listKind() {
    return kind + "List";
  }

  /** {@code databases.dbhub.tas.io}, {@code secrets}: how messages name the type. */
  String qualified() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  boolean is(String otherGroup, String otherPlural) {
    return group.equals(otherGroup) && plural.equals(otherPlural);
  }

  boolean custom() {
    return schema.isPresent();
  }

  boolean scalable() {
    return scale.isPresent() || is("apps", "deployments");
  }

  ObjectKey key(String namespace, String name) {
    return new ObjectKey(group, plural, namespaced ? namespace : "", name);
  }

  /** How lists inside an object of this type are merged. */
  Shape shape() {
    return schema.map(Shape::ofSchema).orElseGet(Shape::builtIn);
  }

  /** The object with its own apiVersion and kind, which clients may leave out. */
  ObjectNode typed(ObjectNode object) {
    return object.put("apiVersion", apiVersion()).put("kind", kind);
  }
}
