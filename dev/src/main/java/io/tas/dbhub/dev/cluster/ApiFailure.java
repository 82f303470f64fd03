package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A refused request: becomes the {@code Status} object that clients of Kubernetes understand. */
final class ApiFailure extends RuntimeException {

  /** One violated rule of an object: which field, and why. */
  record Cause(String field, String reason, String message) {}

  private final int code;
  private final String reason;
  private final ObjectNode details;

  private ApiFailure(int code, String reason, String message, ObjectNode details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  static ApiFailure badRequest(String message) {
    return new ApiFailure(400, "BadRequest", message, Json.object());
  }

  static ApiFailure unauthorized() {
    return new ApiFailure(401, "Unauthorized", "Unauthorized", Json.object());
  }

  static ApiFailure noSuchPath() {
    return new ApiFailure(
        404, "NotFound", "the server could not find the requested resource", Json.object());
  }

  static ApiFailure notFound(ResourceType type, String name) {
    return new ApiFailure(
        404, "NotFound", type.qualified() + " \"" + name + "\" not found", details(type, name));
  }

  static ApiFailure noNamespace(String namespace) {
    return new ApiFailure(
        404,
        "NotFound",
        "namespaces \"" + namespace + "\" not found",
        Json.object().put("name", namespace).put("kind", "namespaces"));
  }

  static ApiFailure methodNotAllowed() {
    return new ApiFailure(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        Json.object());
  }

  static ApiFailure alreadyExists(ResourceType type, String name) {
    return new ApiFailure(
        409,
        "AlreadyExists",
        type.qualified() + " \"" + name + "\" already exists",
        details(type, name));
  }

  static ApiFailure conflict(ResourceType type, String name, String why) {
    return new ApiFailure(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + type.qualified() + " \"" + name + "\": " + why,
        details(type, name));
  }

  /** Another manager owns fields with other values, and the apply was not forced. */
  static ApiFailure applyConflict(List<Cause> causes) {
    ObjectNode details = Json.object();
    addCauses(details, causes);
    String list = String.join(", ", causes.stream().map(Cause::field).toList());
    return new ApiFailure(
        409,
        "Conflict",
        "Apply failed with " + causes.size() + " conflict(s) on: " + list,
        details);
  }

  static ApiFailure gone() {
    return new ApiFailure(410, "Expired", "too old resource version", Json.object());
  }

  static ApiFailure unsupportedMediaType(String type) {
    return new ApiFailure(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format: " + type,
        Json.object());
  }

  static ApiFailure invalid(ResourceType type, String name, List<Cause> causes) {
    ObjectNode details = details(type, name);
    details.put("kind", type.kind());
    addCauses(details, causes);
    List<String> texts = causes.stream().map(c -> c.field() + ": " + c.message()).toList();
    String all = texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]";
    String who = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
    return new ApiFailure(422, "Invalid", who + " \"" + name + "\" is invalid: " + all, details);
  }

  private static ObjectNode details(ResourceType type, String name) {
    return Json.object().put("name", name).put("group", type.group()).put("kind", type.plural());
  }

  private static void addCauses(ObjectNode details, List<Cause> causes) {
    ArrayNode list = details.putArray("causes");
    for (Cause cause : causes) {
      list.addObject()
          .put("reason", cause.reason())
          .put("message", cause.message())
          .put("field", cause.field());
    }
  }

  int code() {
    return code;
  }

  ObjectNode status() {
    ObjectNode status =
        Json.object()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("status", "Failure")
            .put("message", getMessage())
            .put("reason", reason)
            .put("code", code);
    status.putObject("metadata");
    status.set("details", details);
    return status;
  }
}
