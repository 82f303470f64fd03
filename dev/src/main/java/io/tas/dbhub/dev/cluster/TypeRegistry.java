package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The types the server knows: the built-in ones and those of the CRDs that are stored at the
 * moment.
 */
final class TypeRegistry {

  static final String CRD_GROUP = "apiextensions.k8s.io";
  static final String CRD_PLURAL = "customresourcedefinitions";

  private final List<ResourceType> builtIn = BuiltInTypes.all();
  private volatile List<ResourceType> types = builtIn;
  private final ObjectStore store;

  TypeRegistry(ObjectStore store) {
    this.store = store;
    refresh();
    store.listen(
        event -> {
          if (event.key().of(CRD_GROUP, CRD_PLURAL)) {
            refresh();
          }
        });
  }

  List<ResourceType> all() {
    return types;
  }

  Optional<ResourceType> find(String group, String version, String plural) {
    return types.stream()
        .filter(type -> type.is(group, plural) && type.version().equals(version))
        .findFirst();
  }

  /** The type stored under this group and plural name, in whichever version it is served. */
  Optional<ResourceType> find(ObjectKey key) {
    return types.stream().filter(type -> type.is(key.group(), key.resource())).findFirst();
  }

  private void refresh() {
    List<ResourceType> found = new ArrayList<>(builtIn);
    for (JsonNode crd : store.list(CRD_GROUP, CRD_PLURAL, "")) {
      for (JsonNode version : Json.at(crd, "spec", "versions")) {
        if (version.path("served").asBoolean(false) && version.path("storage").asBoolean(false)) {
          found.add(ResourceType.custom(crd, version));
        }
      }
    }
    types = List.copyOf(found);
  }
}
