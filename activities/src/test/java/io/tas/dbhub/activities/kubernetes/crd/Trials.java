package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values to try a field with, by what its schema says. Pure. */
final class Trials {
  /** The key of the one entry that a map is tried with. */
  static final String KEY = "key";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Trials() {}

  /** The least that the schema takes. */
  static JsonNode least(JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return JSON.textNode("100m");
    }
    return switch (schema.path("type").asText()) {
      case "object" -> {
        ObjectNode least = JSON.objectNode();
        for (JsonNode name : schema.path("required")) {
          least.set(name.asText(), least(schema.path("properties").path(name.asText())));
        }
        yield least;
      }
      case "array" -> JSON.arrayNode();
      case "integer" -> JSON.numberNode(schema.path("minimum").asLong(1));
      case "boolean" -> JSON.booleanNode(true);
      default ->
          schema.has("enum")
              ? schema.path("enum").path(0)
              : JSON.textNode("a".repeat(Math.max(1, schema.path("minLength").asInt())));
    };
  }

  /** Everything that the schema knows, at its upper limit. */
  static JsonNode most(JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return JSON.textNode("1.5Gi");
    }
    return switch (schema.path("type").asText()) {
      case "object" -> {
        ObjectNode most = JSON.objectNode();
        schema
            .path("properties")
            .properties()
            .forEach(property -> most.set(property.getKey(), most(property.getValue())));
        if (schema.path("additionalProperties").isObject()) {
          most.set(KEY, most(schema.path("additionalProperties")));
        }
        yield most;
      }
      case "array" -> JSON.arrayNode().add(most(schema.path("items")));
      case "integer" -> JSON.numberNode(schema.path("maximum").asLong(100));
      case "boolean" -> JSON.booleanNode(false);
      default -> {
        JsonNode names = schema.path("enum");
        yield names.isArray()
            ? names.path(names.size() - 1)
            : JSON.textNode("z".repeat(schema.path("maxLength").asInt(20)));
      }
    };
  }

  /** Values that the schema takes, for combining. */
  static List<JsonNode> taken(JsonNode schema) {
    List<JsonNode> taken = new ArrayList<>();
    if (schema.has("enum")) {
      schema.path("enum").forEach(taken::add);
    } else {
      taken.add(least(schema));
      JsonNode most = most(schema);
      if (!taken.contains(most)) {
        taken.add(most);
      }
    }
    return taken;
  }

  /** Values at the limits, beyond them, and of other types, in place of the whole field. */
  static List<JsonNode> of(JsonNode schema) {
    List<JsonNode> trials = new ArrayList<>(List.of(JSON.nullNode()));
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      for (long number : new long[] {0, 1, -1}) {
        trials.add(JSON.numberNode(number));
      }
      for (String text : List.of("1", "100m", "1.5Gi", "1e3", ".5", "+2", "", "lots", "1 Gi")) {
        trials.add(JSON.textNode(text));
      }
      trials.add(JSON.numberNode(1.5));
      trials.add(JSON.booleanNode(true));
      return trials;
    }
    switch (schema.path("type").asText()) {
      case "object" -> objects(schema, trials);
      case "array" -> arrays(schema, trials);
      case "integer" -> integers(schema, trials);
      case "boolean" -> {
        trials.add(JSON.booleanNode(true));
        trials.add(JSON.booleanNode(false));
        trials.add(JSON.textNode("true"));
        trials.add(JSON.numberNode(0));
      }
      default -> texts(schema, trials);
    }
    return trials;
  }

  private static void objects(JsonNode schema, List<JsonNode> trials) {
    ObjectNode unknown = ((ObjectNode) least(schema)).put("nobodyKnows", "this");
    trials.add(JSON.objectNode());
    trials.add(unknown);
    trials.add(most(schema));
    trials.add(JSON.textNode("text"));
    trials.add(JSON.arrayNode());
  }

  private static void arrays(JsonNode schema, List<JsonNode> trials) {
    ArrayNode two = JSON.arrayNode().add(least(schema.path("items")));
    two.add(most(schema.path("items")));
    trials.add(JSON.arrayNode());
    trials.add(two);
    trials.add(JSON.textNode("text"));
    trials.add(JSON.objectNode());
  }

  private static void integers(JsonNode schema, List<JsonNode> trials) {
    List<Long> numbers =
        new ArrayList<>(List.of(0L, -1L, (long) Integer.MAX_VALUE, Integer.MAX_VALUE + 1L));
    if (schema.has("minimum")) {
      long minimum = schema.path("minimum").asLong();
      numbers.addAll(List.of(minimum, minimum - 1));
    }
    if (schema.has("maximum")) {
      long maximum = schema.path("maximum").asLong();
      numbers.addAll(List.of(maximum, maximum + 1));
    }
    numbers.stream().distinct().forEach(number -> trials.add(JSON.numberNode(number)));
    trials.add(JSON.numberNode(BigInteger.ONE.shiftLeft(Long.SIZE)));
    trials.add(JSON.numberNode(1.5));
    trials.add(JSON.textNode("1"));
    trials.add(JSON.booleanNode(true));
  }

  private static void texts(JsonNode schema, List<JsonNode> trials) {
    for (JsonNode name : schema.path("enum")) {
      trials.add(name);
      trials.add(JSON.textNode(name.asText().toUpperCase(Locale.ROOT)));
    }
    trials.add(JSON.textNode(""));
    trials.add(JSON.textNode("neither"));
    if (schema.has("maxLength")) {
      int longest = schema.path("maxLength").asInt();
      trials.add(JSON.textNode("x".repeat(longest)));
      trials.add(JSON.textNode("x".repeat(longest + 1)));
    }
    trials.add(JSON.numberNode(5));
    trials.add(JSON.booleanNode(true));
  }
}
