package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * OpenAPI v3, as much as kubectl needs: that patches take {@code fieldValidation} (so that the
 * server validates), and the schemas of custom resources for {@code kubectl explain}.
 */
final class OpenApi {

  private final TypeRegistry types;

  OpenApi(TypeRegistry types) {
    this.types = types;
  }

  Optional<JsonNode> find(List<String> path) {
    if (path.size() < 2 || !path.get(0).equals("openapi") || !path.get(1).equals("v3")) {
      return Optional.empty();
    }
    String groupVersion = String.join("/", path.subList(2, path.size()));
    return Optional.of(groupVersion.isEmpty() ? index() : document(groupVersion));
  }

  private ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    for (ResourceType type : types.all()) {
      String prefix = prefix(type);
      paths.putObject(prefix).put("serverRelativeURL", "/openapi/v3/" + prefix);
    }
    return index;
  }

  private ObjectNode document(String groupVersion) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "in memory");
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (ResourceType type : types.all()) {
      if (prefix(type).equals(groupVersion)) {
        ObjectNode kind =
            Json.object()
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
        paths.set(
            "/"
                + groupVersion
                + (type.namespaced() ? "/namespaces/{namespace}/" : "/")
                + type.plural()
                + "/{name}",
            path(type, kind));
        ObjectNode schema =
            type.schema()
                .map(JsonNode::<ObjectNode>deepCopy)
                .orElseGet(() -> Json.object().put("type", "object"));
        schema.putArray("x-kubernetes-group-version-kind").add(kind);
        schemas.set(schemaName(type), schema);
      }
    }
    if (paths.isEmpty()) {
      throw ApiFailure.noSuchPath();
    }
    return document;
  }

  private static ObjectNode path(ResourceType type, ObjectNode kind) {
    ObjectNode path = Json.object();
    ObjectNode patch = path.putObject("patch");
    patch.putArray("tags").add(type.plural());
    for (String name : new String[] {"dryRun", "fieldManager", "fieldValidation", "force"}) {
      ObjectNode parameter = patch.withArray("parameters").addObject();
      parameter.put("name", name).put("in", "query");
      parameter.putObject("schema").put("type", "string");
    }
    ObjectNode ok = patch.putObject("responses").putObject("200").put("description", "OK");
    ok.putObject("content")
        .putObject("application/json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/" + schemaName(type));
    patch.put("x-kubernetes-action", "patch");
    patch.set("x-kubernetes-group-version-kind", kind);
    return path;
  }

  private static String schemaName(ResourceType type) {
    String group = type.group().isEmpty() ? "core" : type.group();
    return group + "." + type.version() + "." + type.kind();
  }

  private static String prefix(ResourceType type) {
    return type.group().isEmpty()
        ? "api/" + type.version()
        : "apis/" + type.group() + "/" + type.version();
  }
}
