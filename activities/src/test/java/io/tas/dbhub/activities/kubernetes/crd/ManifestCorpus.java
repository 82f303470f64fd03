package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Manifests that try out what a CRD says: every field absent, at its limits, beyond them and of
 * another type, one at a time; and what is valid in pairs. The same schema makes the same
 * manifests. Pure.
 */
final class ManifestCorpus {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Deeper than that, a pair is of whole objects. */
  private static final int PAIRED_DEPTH = 2;

  /**
   * @param what it tries
   * @param spec missing where the manifest has none
   * @param strict with kubectl's validation, which refuses what is unknown instead of dropping it
   */
  record Manifest(String what, JsonNode spec, boolean strict) {}

  private final JsonNode schema;

  /**
   * @param schema of the spec
   */
  ManifestCorpus(JsonNode schema) {
    this.schema = schema;
  }

  /** All of it. */
  List<Manifest> all() {
    JsonNode least = Trials.least(schema);
    JsonNode most = Trials.most(schema);
    List<Manifest> all = new ArrayList<>();
    all.add(new Manifest("no spec", MissingNode.getInstance(), false));
    all.add(new Manifest("least", least, true));
    all.add(new Manifest("most", most, true));
    around(least, Integer.MAX_VALUE).forEach(all::add);
    around(most, 1).forEach(all::add);
    pairs().forEach(all::add);
    return all;
  }

  /**
   * One thing at a time is different from the base.
   *
   * @param depth of the fields that are tried; what lies deeper stays as it is
   */
  List<Manifest> around(JsonNode base, int depth) {
    return variants("spec", schema, base, depth);
  }

  private static List<Manifest> variants(String path, JsonNode schema, JsonNode base, int depth) {
    List<Manifest> variants = new ArrayList<>();
    for (JsonNode trial : Trials.of(schema)) {
      variants.add(new Manifest(path + " = " + shortened(trial), trial, false));
    }
    if (depth == 0) {
      return variants;
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      JsonNode child = base.has(name) ? base.path(name) : Trials.least(property.getValue());
      if (base.has(name)) {
        variants.add(new Manifest(path + "." + name + " absent", with(base, name, null), false));
      }
      variants(path + "." + name, property.getValue(), child, depth - 1)
          .forEach(v -> variants.add(new Manifest(v.what(), with(base, name, v.spec()), false)));
    }
    if (schema.path("items").isObject()) {
      JsonNode item = schema.path("items");
      variants(path + "[]", item, Trials.least(item), depth - 1)
          .forEach(
              v -> variants.add(new Manifest(v.what(), JSON.arrayNode().add(v.spec()), false)));
    }
    if (schema.path("additionalProperties").isObject()) {
      JsonNode value = schema.path("additionalProperties");
      variants(path + "{}", value, Trials.least(value), depth - 1)
          .forEach(
              v ->
                  variants.add(
                      new Manifest(v.what(), JSON.objectNode().set(Trials.KEY, v.spec()), false)));
    }
    return variants;
  }

  private static ObjectNode with(JsonNode base, String name, @Nullable JsonNode value) {
    ObjectNode copy = base.isObject() ? base.deepCopy() : JSON.objectNode();
    if (value == null) {
      copy.remove(name);
    } else {
      copy.set(name, value);
    }
    return copy;
  }

  /**
   * @param values the first is the field's absence where it may be absent
   */
  private record Factor(List<String> path, List<JsonNode> values) {}

  private List<Manifest> pairs() {
    List<Factor> factors = new ArrayList<>();
    collect(List.of(), schema, factors);
    int[] sizes = factors.stream().mapToInt(factor -> factor.values().size()).toArray();
    List<Manifest> manifests = new ArrayList<>();
    for (int[] row : Pairs.of(sizes)) {
      ObjectNode spec = JSON.objectNode();
      for (int i = 0; i < row.length; i++) {
        put(spec, factors.get(i).path(), factors.get(i).values().get(row[i]));
      }
      manifests.add(new Manifest("pairs " + shortened(spec), spec, true));
    }
    return manifests;
  }

  private static void collect(List<String> path, JsonNode schema, List<Factor> factors) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      List<String> deeper = new ArrayList<>(path);
      deeper.add(property.getKey());
      JsonNode child = property.getValue();
      if (child.has("properties") && deeper.size() < PAIRED_DEPTH) {
        collect(deeper, child, factors);
      } else {
        List<JsonNode> values = new ArrayList<>();
        if (!required(schema, property.getKey())) {
          values.add(NullNode.getInstance());
        }
        values.addAll(Trials.taken(child));
        factors.add(new Factor(deeper, values));
      }
    }
  }

  private static boolean required(JsonNode schema, String name) {
    return StreamSupport.stream(schema.path("required").spliterator(), false)
        .anyMatch(required -> required.asText().equals(name));
  }

  private static void put(ObjectNode spec, List<String> path, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    ObjectNode parent = spec;
    for (String name : path.subList(0, path.size() - 1)) {
      parent = parent.withObjectProperty(name);
    }
    parent.set(path.get(path.size() - 1), value);
  }

  private static String shortened(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
