package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;

/** The ways to change an object by a part of one. None of them changes its arguments. */
final class Merge {

  private static final String DIRECTIVE = "$patch";

  private Merge() {}

  /** RFC 6902. */
  static JsonNode jsonPatch(JsonNode target, JsonNode patch) {
    try {
      return JsonPatch.apply(patch, target.deepCopy());
    } catch (RuntimeException e) {
      // The library's message may quote values.
      throw ApiFailure.badRequest("the JSON patch does not fit the object");
    }
  }

  /** RFC 7386. */
  static JsonNode mergePatch(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch.deepCopy();
    }
    ObjectNode merged = target.isObject() ? target.deepCopy() : Json.object();
    patch
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isNull()) {
                merged.remove(entry.getKey());
              } else {
                merged.set(
                    entry.getKey(), mergePatch(merged.path(entry.getKey()), entry.getValue()));
              }
            });
    return merged;
  }

  /**
   * A merge patch whose lists with identity are merged item by item: what kubectl sends for
   * built-in types.
   */
  static JsonNode strategic(JsonNode target, JsonNode patch, Shape shape) {
    if (patch.isArray() && target.isArray() && !shape.keys().isEmpty()) {
      return strategicItems((ArrayNode) target, patch, shape);
    }
    if (!patch.isObject()) {
      return patch.deepCopy();
    }
    boolean replace = "replace".equals(Json.text(patch, DIRECTIVE));
    ObjectNode merged = target.isObject() && !replace ? target.deepCopy() : Json.object();
    patch
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              if (name.startsWith("$deleteFromPrimitiveList/")) {
                deleteMembers(merged, name.substring(name.indexOf('/') + 1), entry.getValue());
              } else if (name.startsWith("$")) {
                return;
              } else if (entry.getValue().isNull()) {
                merged.remove(name);
              } else {
                merged.set(name, strategic(merged.path(name), entry.getValue(), shape.field(name)));
              }
            });
    return merged;
  }

  private static ArrayNode strategicItems(ArrayNode target, JsonNode patch, Shape shape) {
    ArrayNode merged = target.deepCopy();
    for (JsonNode item : patch) {
      int there = find(merged, shape, item);
      boolean delete = "delete".equals(Json.text(item, DIRECTIVE));
      if (delete && there >= 0) {
        merged.remove(there);
      } else if (!delete && there >= 0) {
        merged.set(there, strategic(merged.get(there), item, shape.item()));
      } else if (!delete) {
        merged.add(strategic(Json.object(), item, shape.item()));
      }
    }
    return merged;
  }

  private static void deleteMembers(ObjectNode object, String name, JsonNode members) {
    if (object.get(name) instanceof ArrayNode list) {
      for (JsonNode member : members) {
        for (int i = list.size() - 1; i >= 0; i--) {
          if (list.get(i).equals(member)) {
            list.remove(i);
          }
        }
      }
    }
  }

  /**
   * What a server-side apply writes over the live object: lists with identity item by item, sets as
   * unions.
   */
  static JsonNode applied(JsonNode live, JsonNode config, Shape shape) {
    if (config.isObject() && live.isObject() && !shape.atomic()) {
      ObjectNode merged = live.deepCopy();
      config
          .properties()
          .forEach(
              entry -> {
                JsonNode value = entry.getValue();
                if (!value.isNull()) {
                  JsonNode before = merged.path(entry.getKey());
                  merged.set(entry.getKey(), applied(before, value, shape.field(entry.getKey())));
                }
              });
      return merged;
    }
    if (config.isArray() && live.isArray() && !shape.keys().isEmpty()) {
      ArrayNode merged = live.deepCopy();
      for (JsonNode item : config) {
        int there = find(merged, shape, item);
        if (there >= 0) {
          merged.set(there, applied(merged.get(there), item, shape.item()));
        } else {
          merged.add(item.deepCopy());
        }
      }
      return merged;
    }
    if (config.isArray() && live.isArray() && shape.set()) {
      ArrayNode merged = live.deepCopy();
      for (JsonNode member : config) {
        boolean there = false;
        for (JsonNode old : merged) {
          there |= old.equals(member);
        }
        if (!there) {
          merged.add(member);
        }
      }
      return merged;
    }
    return config.deepCopy();
  }

  private static int find(ArrayNode list, Shape shape, JsonNode item) {
    ObjectNode identity = shape.identity(item);
    for (int i = 0; i < list.size(); i++) {
      if (shape.identity(list.get(i)).equals(identity)) {
        return i;
      }
    }
    return -1;
  }
}
