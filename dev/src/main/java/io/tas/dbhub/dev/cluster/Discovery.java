package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The documents by which a client learns what the server serves. */
final class Discovery {

  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final String VERSION = "v1.34.0-memory";

  private final TypeRegistry types;
  private final OpenApi openApi;

  Discovery(TypeRegistry types) {
    this.types = types;
    this.openApi = new OpenApi(types);
  }

  /** The document at the path, empty when the path is none of discovery's. */
  Optional<JsonNode> find(ApiRequest request) {
    List<String> path = request.path();
    String all = "/" + String.join("/", path);
    if (all.equals("/version")) {
      return Optional.of(
          Json.object()
              .put("major", "1")
              .put("minor", "34")
              .put("gitVersion", VERSION)
              .put("gitCommit", "")
              .put("gitTreeState", "clean")
              .put("buildDate", "2026-01-01T00:00:00Z")
              .put("goVersion", "")
              .put("compiler", "")
              .put("platform", "java"));
    }
    if (all.equals("/api")) {
      ObjectNode versions = Json.object().put("kind", "APIVersions");
      versions.putArray("versions").add("v1");
      versions.putArray("serverAddressByClientCIDRs");
      return Optional.of(versions);
    }
    if (all.equals("/apis")) {
      ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
      ArrayNode groups = list.putArray("groups");
      groupNames().forEach(group -> groups.add(group(group)));
      return Optional.of(list);
    }
    if (path.size() == 2 && path.get(0).equals("api")) {
      return Optional.of(resources("", path.get(1)));
    }
    if (path.size() == 2 && path.get(0).equals("apis")) {
      if (!groupNames().contains(path.get(1))) {
        throw ApiFailure.noSuchPath();
      }
      return Optional.of(group(path.get(1)));
    }
    if (path.size() == 3 && path.get(0).equals("apis")) {
      return Optional.of(resources(path.get(1), path.get(2)));
    }
    return openApi.find(path);
  }

  private Set<String> groupNames() {
    Set<String> names = new LinkedHashSet<>();
    types.all().stream()
        .map(ResourceType::group)
        .filter(group -> !group.isEmpty())
        .forEach(names::add);
    return names;
  }

  private ObjectNode group(String name) {
    ObjectNode group =
        Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
    ArrayNode versions = group.putArray("versions");
    Set<String> served = new LinkedHashSet<>();
    types.all().stream()
        .filter(type -> type.group().equals(name))
        .forEach(type -> served.add(type.version()));
    for (String version : served) {
      versions.add(version(name, version));
    }
    served.stream().findFirst().ifPresent(v -> group.set("preferredVersion", version(name, v)));
    return group;
  }

  private static ObjectNode version(String group, String version) {
    return Json.object().put("groupVersion", group + "/" + version).put("version", version);
  }

  private ObjectNode resources(String group, String version) {
    ObjectNode list =
        Json.object()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : types.all()) {
      if (type.group().equals(group) && type.version().equals(version)) {
        ObjectNode resource = entry(type, type.plural(), type.kind(), VERBS);
        resource.put("singularName", type.singular());
        type.shortNames().forEach(resource.putArray("shortNames")::add);
        if (!type.categories().isEmpty()) {
          type.categories().forEach(resource.putArray("categories")::add);
        }
        resources.add(resource);
        List<String> partial = List.of("get", "patch", "update");
        if (type.statusSubresource()) {
          resources.add(entry(type, type.plural() + "/status", type.kind(), partial));
        }
        if (type.scalable()) {
          ObjectNode scale = entry(type, type.plural() + "/scale", "Scale", partial);
          resources.add(scale.put("group", "autoscaling").put("version", "v1"));
        }
      }
    }
    if (resources.isEmpty()) {
      throw ApiFailure.noSuchPath();
    }
    return list;
  }

  private static ObjectNode entry(ResourceType type, String name, String kind, List<String> verbs) {
    ObjectNode entry =
        Json.object()
            .put("name", name)
            .put("singularName", "")
            .put("namespaced", type.namespaced())
            .put("kind", kind);
    verbs.forEach(entry.putArray("verbs")::add);
    return entry;
  }
}
