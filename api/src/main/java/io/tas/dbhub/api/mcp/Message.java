package io.tas.dbhub.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message of JSON-RPC from a client.
 *
 * @param id a String or a Long; null for a notification, which is not answered
 */
record Message(String method, @Nullable Object id, ObjectNode params) {
  private static final int MAX_TEXT = 200;

  /**
   * Empty for an answer to us: we ask nothing, so it is none.
   *
   * @throws ProblemException Invalid when it is no message
   */
  static Optional<Message> read(ObjectNode body) {
    if (!"2.0".equals(body.path("jsonrpc").textValue())) {
      throw invalid("The body is no JSON-RPC 2.0 message.");
    }
    JsonNode method = body.get("method");
    if (method == null && (body.has("result") || body.has("error"))) {
      return Optional.empty();
    }
    if (method == null || !method.isTextual() || method.textValue().length() > MAX_TEXT) {
      throw invalid("The message has no method.");
    }
    JsonNode params = body.get("params");
    if (params != null && !params.isObject()) {
      throw invalid("The params of a message are an object.");
    }
    return Optional.of(
        new Message(
            method.textValue(),
            body.has("id") ? id(body.get("id")) : null,
            params == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) params));
  }

  /** As MCP has it: a string or a whole number. */
  static Object id(JsonNode id) {
    if (id.isTextual() && id.textValue().length() <= MAX_TEXT) {
      return id.textValue();
    }
    if (id.isIntegralNumber() && id.canConvertToLong()) {
      return id.longValue();
    }
    throw invalid("The id of a request is a short string or a whole number.");
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(FailureType.INVALID, detail);
  }
}
