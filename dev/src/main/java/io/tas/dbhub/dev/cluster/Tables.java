package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's side of {@code kubectl get}: objects as rows of the columns that their type prints.
 */
final class Tables {

  /**
   * {@code .name}, {@code ['name']}, {@code [3]} or {@code [?(@.type=="Ready")]}: what CRDs use of
   * JSONPath.
   */
  private static final Pattern STEP =
      Pattern.compile(
          "\\.([A-Za-z0-9_\\-]+)|\\['([^']+)']|\\[(\\d+)]"
              + "|\\[\\?\\(@\\.([A-Za-z0-9_]+)\\s*==\\s*[\"']([^\"']*)[\"']\\)]");

  private Tables() {}

  static ObjectNode of(
      ResourceType type, List<ObjectNode> objects, String include, ObjectNode metadata) {
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.set("metadata", metadata);
    ArrayNode definitions = table.putArray("columnDefinitions");
    column(definitions, "Name", "string", "name", 0);
    for (PrinterColumn column : type.columns()) {
      column(
          definitions,
          column.name(),
          column.type().equals("date") ? "string" : column.type(),
          "",
          column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (ObjectNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      cells.add(Json.name(object));
      for (PrinterColumn column : type.columns()) {
        cells.add(cell(column, find(object, column.jsonPath())));
      }
      row.set("object", included(object, include));
    }
    return table;
  }

  private static void column(
      ArrayNode definitions, String name, String type, String format, int priority) {
    definitions
        .addObject()
        .put("name", name)
        .put("type", type)
        .put("format", format)
        .put("description", name)
        .put("priority", priority);
  }

  private static JsonNode included(ObjectNode object, String include) {
    if (include.equals("Object")) {
      return object;
    }
    if (include.equals("None")) {
      return Json.object().nullNode();
    }
    ObjectNode partial =
        Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    partial.set("metadata", object.path("metadata"));
    return partial;
  }

  private static JsonNode cell(PrinterColumn column, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Json.object().nullNode();
    }
    return switch (column.type()) {
      case "date" -> Json.object().textNode(age(value.asText()));
      case "integer", "number", "boolean" -> value.isValueNode() ? value : Json.object().nullNode();
      default -> Json.object().textNode(value.isValueNode() ? value.asText() : value.toString());
    };
  }

  private static JsonNode find(JsonNode object, String path) {
    JsonNode here = object;
    Matcher step = STEP.matcher(path);
    int end = 0;
    while (step.find() && step.start() == end) {
      end = step.end();
      if (step.group(1) != null) {
        here = here.path(step.group(1));
      } else if (step.group(2) != null) {
        here = here.path(step.group(2));
      } else if (step.group(3) != null) {
        here = here.path(Integer.parseInt(step.group(3)));
      } else {
        here = firstWith(here, step.group(4), step.group(5));
      }
    }
    return here;
  }

  private static JsonNode firstWith(JsonNode list, String field, String value) {
    for (JsonNode item : list) {
      if (Json.text(item, field).equals(value)) {
        return item;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static String age(String since) {
    try {
      Duration age = Duration.between(Instant.parse(since), Instant.now());
      if (age.toDays() > 1) {
        return age.toDays() + "d";
      }
      if (age.toHours() > 1) {
        return age.toHours() + "h";
      }
      if (age.toMinutes() > 1) {
        return age.toMinutes() + "m";
      }
      return Math.max(0, age.toSeconds()) + "s";
    } catch (DateTimeParseException e) {
      return "<unknown>";
    }
  }
}
