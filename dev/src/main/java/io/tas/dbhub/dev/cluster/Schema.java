package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.dev.cluster.ApiFailure.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The schema of a custom resource at work: unknown fields are dropped, defaults filled in, values
 * checked. CEL rules ({@code x-kubernetes-validations}) are not evaluated.
 */
final class Schema {

  private static final String KEEP_UNKNOWN = "x-kubernetes-preserve-unknown-fields";

  private Schema() {}

  /** Drops what the schema does not know; the dotted paths of what was dropped. */
  static List<String> prune(ObjectNode object, JsonNode schema) {
    List<String> dropped = new ArrayList<>();
    for (String name : names(object)) {
      if (name.equals("apiVersion") || name.equals("kind") || name.equals("metadata")) {
        continue;
      }
      JsonNode property = Json.at(schema, "properties", name);
      if (!property.isMissingNode()) {
        prune(object.path(name), property, name, dropped);
      } else if (!schema.path(KEEP_UNKNOWN).asBoolean()) {
        object.remove(name);
        dropped.add(name);
      }
    }
    return dropped;
  }

  private static void prune(JsonNode node, JsonNode schema, String path, List<String> dropped) {
    if (node instanceof ObjectNode object) {
      JsonNode others = schema.path("additionalProperties");
      for (String name : names(object)) {
        JsonNode property = Json.at(schema, "properties", name);
        String where = path + "." + name;
        if (!property.isMissingNode()) {
          prune(object.path(name), property, where, dropped);
        } else if (others.isObject()) {
          prune(object.path(name), others, where, dropped);
        } else if (!schema.path(KEEP_UNKNOWN).asBoolean() && !others.asBoolean(false)) {
          object.remove(name);
          dropped.add(where);
        }
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        prune(node.get(i), schema.path("items"), path + "[" + i + "]", dropped);
      }
    }
  }

  static void fillIn(JsonNode node, JsonNode schema) {
    if (node instanceof ObjectNode object) {
      schema
          .path("properties")
          .properties()
          .forEach(
              entry -> {
                JsonNode property = entry.getValue();
                JsonNode value = object.path(entry.getKey());
                boolean refusedNull = value.isNull() && !property.path("nullable").asBoolean();
                if (refusedNull && property.has("default")) {
                  object.remove(entry.getKey());
                }
                if (property.has("default") && !object.has(entry.getKey())) {
                  object.set(entry.getKey(), property.path("default").deepCopy());
                }
                if (object.has(entry.getKey())) {
                  fillIn(object.path(entry.getKey()), property);
                }
              });
      JsonNode others = schema.path("additionalProperties");
      if (others.isObject()) {
        object.forEach(value -> fillIn(value, others));
      }
    } else if (node.isArray()) {
      node.forEach(item -> fillIn(item, schema.path("items")));
    }
  }

  static List<Cause> violations(JsonNode object, JsonNode schema) {
    List<Cause> causes = new ArrayList<>();
    check(object, schema, "", causes);
    return causes;
  }

  private static void check(JsonNode node, JsonNode schema, String path, List<Cause> causes) {
    if (node.isNull() && schema.path("nullable").asBoolean()) {
      return;
    }
    if (!typed(node, schema)) {
      String wanted = Json.text(schema, "type");
      causes.add(
          new Cause(path, "FieldValueTypeInvalid", "Invalid value: must be of type " + wanted));
      return;
    }
    if (schema.has("enum")) {
      List<String> allowed = new ArrayList<>();
      boolean found = false;
      for (JsonNode value : schema.path("enum")) {
        allowed.add(value.toString());
        found |= value.equals(node);
      }
      if (!found) {
        causes.add(
            new Cause(
                path,
                "FieldValueNotSupported",
                "Unsupported value: supported values: " + String.join(", ", allowed)));
      }
    }
    checkNumber(node, schema, path, causes);
    checkText(node, schema, path, causes);
    if (node.isArray()) {
      size(node.size(), schema, "minItems", "maxItems", "items", path, causes);
      for (int i = 0; i < node.size(); i++) {
        check(node.get(i), schema.path("items"), path + "[" + i + "]", causes);
      }
    } else if (node.isObject()) {
      checkFields(node, schema, path, causes);
    }
  }

  private static void checkFields(JsonNode node, JsonNode schema, String path, List<Cause> causes) {
    String prefix = path.isEmpty() ? "" : path + ".";
    for (JsonNode name : schema.path("required")) {
      if (!node.has(name.asText())) {
        causes.add(new Cause(prefix + name.asText(), "FieldValueRequired", "Required value"));
      }
    }
    JsonNode others = schema.path("additionalProperties");
    node.properties()
        .forEach(
            entry -> {
              JsonNode property = Json.at(schema, "properties", entry.getKey());
              if (!property.isMissingNode()) {
                check(entry.getValue(), property, prefix + entry.getKey(), causes);
              } else if (others.isObject()) {
                check(entry.getValue(), others, prefix + entry.getKey(), causes);
              }
            });
  }

  private static void checkNumber(JsonNode node, JsonNode schema, String path, List<Cause> causes) {
    if (!node.isNumber()) {
      return;
    }
    double value = node.asDouble();
    boolean open = schema.path("exclusiveMinimum").asBoolean();
    JsonNode least = schema.path("minimum");
    if (least.isNumber() && (value < least.asDouble() || (open && value == least.asDouble()))) {
      invalid(path, "should be greater than or equal to " + least, causes);
    }
    boolean openAbove = schema.path("exclusiveMaximum").asBoolean();
    JsonNode most = schema.path("maximum");
    if (most.isNumber() && (value > most.asDouble() || (openAbove && value == most.asDouble()))) {
      invalid(path, "should be less than or equal to " + most, causes);
    }
  }

  private static void checkText(JsonNode node, JsonNode schema, String path, List<Cause> causes) {
    if (!node.isTextual()) {
      return;
    }
    String text = node.asText();
    size(
        text.codePointCount(0, text.length()),
        schema,
        "minLength",
        "maxLength",
        "characters",
        path,
        causes);
    String pattern = Json.text(schema, "pattern");
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
      invalid(path, "should match '" + pattern + "'", causes);
    }
  }

  private static void size(
      int size,
      JsonNode schema,
      String least,
      String most,
      String what,
      String path,
      List<Cause> causes) {
    if (schema.has(least) && size < schema.path(least).asInt()) {
      invalid(path, "should have at least " + schema.path(least) + " " + what, causes);
    }
    if (schema.has(most) && size > schema.path(most).asInt()) {
      invalid(path, "should have at most " + schema.path(most) + " " + what, causes);
    }
  }

  private static void invalid(String path, String rule, List<Cause> causes) {
    causes.add(new Cause(path, "FieldValueInvalid", "Invalid value: " + path + " " + rule));
  }

  private static boolean typed(JsonNode node, JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return node.isTextual() || node.isIntegralNumber();
    }
    return switch (Json.text(schema, "type")) {
      case "object" -> node.isObject();
      case "array" -> node instanceof ArrayNode;
      case "string" -> node.isTextual();
      case "boolean" -> node.isBoolean();
      case "integer" -> node.isIntegralNumber() || (node.isNumber() && node.asDouble() % 1 == 0);
      case "number" -> node.isNumber();
      default -> true;
    };
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
