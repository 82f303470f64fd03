package io.tas.dbhub.api.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.core.model.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of a JSON object one by one and notes those of the wrong type, and at the end
 * those that nobody asked for. A field that is null counts as not sent.
 */
public final class Fields {
  private static final int MAX_UNKNOWN = 50;

  private final ObjectNode object;
  private final Set<String> known = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  public Fields(ObjectNode object) {
    this.object = object;
  }

  public @Nullable String text(String field) {
    JsonNode value = sent(field);
    if (value == null || value.isTextual()) {
      return value == null ? null : value.textValue();
    }
    violate(field, "is a string");
    return null;
  }

  public @Nullable Integer integer(String field) {
    JsonNode value = sent(field);
    if (value == null || (value.isIntegralNumber() && value.canConvertToInt())) {
      return value == null ? null : (Integer) value.intValue();
    }
    violate(field, value.isNumber() ? "is a whole number in its range" : "is a number");
    return null;
  }

  public @Nullable Boolean bool(String field) {
    JsonNode value = sent(field);
    if (value == null || value.isBoolean()) {
      return value == null ? null : (Boolean) value.booleanValue();
    }
    violate(field, "is true or false");
    return null;
  }

  public @Nullable Map<String, String> texts(String field) {
    JsonNode value = sent(field);
    if (value == null) {
      return null;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    boolean sound = value.isObject();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      sound &= entry.getValue().isTextual();
      texts.put(entry.getKey(), entry.getValue().asText());
    }
    if (!sound) {
      violate(field, "is an object whose values are strings");
      return null;
    }
    return texts;
  }

  public @Nullable ObjectNode object(String field) {
    JsonNode value = sent(field);
    if (value == null || value instanceof ObjectNode) {
      return (ObjectNode) value;
    }
    violate(field, "is an object");
    return null;
  }

  public List<JsonNode> array(String field) {
    JsonNode value = sent(field);
    if (value == null) {
      return List.of();
    }
    List<JsonNode> elements = new ArrayList<>();
    if (!value.isArray()) {
      violate(field, "is an array");
    }
    value.forEach(elements::add);
    return elements;
  }

  /** Notes that a field is missing, unless it was there with the wrong type. */
  public void require(String field) {
    if (violations.stream().noneMatch(violation -> violation.field().equals(field))) {
      violate(field, "is required");
    }
  }

  public void violate(String field, String message) {
    violations.add(new Violation(field, message));
  }

  /** What was wrong so far, with the fields that were never asked for. */
  public List<Violation> violations() {
    List<Violation> all = new ArrayList<>(violations);
    object
        .properties()
        .forEach(
            entry -> {
              if (!known.contains(entry.getKey()) && all.size() < MAX_UNKNOWN) {
                all.add(new Violation(shown(entry.getKey()), "is not a field of this request"));
              }
            });
    return all;
  }

  private @Nullable JsonNode sent(String field) {
    known.add(field);
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? null : value;
  }

  private static String shown(String field) {
    return field.length() <= 100 ? field : field.substring(0, 100);
  }
}
