package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;

/** Small helpers to read and write Kubernetes objects as trees. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static JsonNode at(JsonNode node, String... path) {
    JsonNode here = node;
    for (String step : path) {
      here = here.path(step);
    }
    return here;
  }

  /** The text at the path, empty when there is none. */
  static String text(JsonNode node, String... path) {
    return at(node, path).asText("");
  }

  static String name(JsonNode object) {
    return text(object, "metadata", "name");
  }

  static String uid(JsonNode object) {
    return text(object, "metadata", "uid");
  }

  static boolean terminating(JsonNode object) {
    return !text(object, "metadata", "deletionTimestamp").isEmpty();
  }

  /** The object below the given name, made when it is not there or not an object. */
  static ObjectNode child(ObjectNode parent, String name) {
    if (parent.get(name) instanceof ObjectNode there) {
      return there;
    }
    return parent.putObject(name);
  }

  static ObjectNode metadata(ObjectNode object) {
    return child(object, "metadata");
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree that cannot be written", e);
    }
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw ApiFailure.badRequest("the text is not JSON");
    }
  }

  /** Reads JSON or YAML (of which JSON is a part, but Jackson's JSON reader is the faster one). */
  static JsonNode read(byte[] body) {
    try {
      boolean json = body.length > 0 && (body[0] == '{' || body[0] == '[');
      JsonNode tree = json ? MAPPER.readTree(body) : YAML.readTree(body);
      return tree == null ? object() : tree;
    } catch (IOException e) {
      // The parser's message quotes the body, which may hold a Secret.
      throw ApiFailure.badRequest("the body of the request is neither JSON nor YAML");
    }
  }

  static ObjectNode readObject(byte[] body) {
    if (read(body) instanceof ObjectNode object) {
      return object;
    }
    throw ApiFailure.badRequest("the body of the request must be an object");
  }
}
