package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.dev.cluster.ApiFailure.Cause;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Turns what a client sent into what is stored: names, metadata, defaults, checks and generations.
 */
final class Admission {

  static final String STATUS = "status";

  private static final Pattern DNS_SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern PATH_SEGMENT = Pattern.compile("[^/%]+");
  private static final int LONGEST_NAME = 253;
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final List<String> KEPT_METADATA =
      List.of(
          "name",
          "namespace",
          "uid",
          "creationTimestamp",
          "generation",
          "generateName",
          "deletionTimestamp",
          "deletionGracePeriodSeconds");

  private final SecureRandom random = new SecureRandom();

  /** Checks kind and namespace of a body and gives it its name. */
  void identify(ResourceType type, String namespace, ObjectNode object) {
    checkSame(object, "apiVersion", type.apiVersion());
    checkSame(object, "kind", type.kind());
    type.typed(object);
    ObjectNode metadata = Json.metadata(object);
    if (type.namespaced()) {
      String stated = Json.text(metadata, "namespace");
      if (!stated.isEmpty() && !stated.equals(namespace)) {
        throw ApiFailure.badRequest(
            "the namespace of the provided object does not match the namespace sent on the request");
      }
      metadata.put("namespace", namespace);
    } else {
      metadata.remove("namespace");
    }
    String prefix = Json.text(metadata, "generateName");
    if (Json.text(metadata, "name").isEmpty() && !prefix.isEmpty()) {
      metadata.put("name", prefix + suffix());
    }
    checkName(type, Json.text(metadata, "name"));
  }

  /** Completes a new object; its managed fields are the caller's business. */
  ObjectNode created(ResourceType type, ObjectNode object, WriteOptions options) {
    ObjectNode metadata = Json.metadata(object);
    if (!Json.text(metadata, "resourceVersion").isEmpty()) {
      throw ApiFailure.badRequest("resourceVersion should not be set on objects to be created");
    }
    metadata.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"));
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", now());
    if (type.statusSubresource()) {
      object.remove(STATUS);
    }
    if (type.generations()) {
      metadata.put("generation", 1);
    } else {
      metadata.remove("generation");
    }
    complete(type, object, Optional.empty(), options);
    return object;
  }

  /**
   * Completes a changed object: status only through its subresource, server-owned metadata
   * untouched.
   */
  ObjectNode updated(
      ResourceType type,
      ObjectNode before,
      ObjectNode sent,
      String subresource,
      WriteOptions options) {
    boolean status = subresource.equals(STATUS);
    ObjectNode after = status ? before.deepCopy() : sent.deepCopy();
    if (status) {
      copyField(sent, after, STATUS);
    } else if (type.statusSubresource()) {
      copyField(before, after, STATUS);
    }
    type.typed(after);
    ObjectNode metadata = Json.metadata(after);
    JsonNode old = before.path("metadata");
    for (String name : KEPT_METADATA) {
      if (old.has(name)) {
        metadata.set(name, old.path(name));
      } else {
        metadata.remove(name);
      }
    }
    metadata.set("resourceVersion", old.path("resourceVersion"));
    metadata.remove("selfLink");
    complete(type, after, Optional.of(before), options);
    if (type.generations() && !spec(before).equals(spec(after))) {
      metadata.put("generation", old.path("generation").asInt(0) + 1);
    }
    return after;
  }

  private void complete(
      ResourceType type, ObjectNode object, Optional<ObjectNode> before, WriteOptions options) {
    BuiltInDefaults.fillIn(type, object, before);
    type.schema().ifPresent(schema -> obey(schema, type, object, options));
  }

  private static void obey(
      JsonNode schema, ResourceType type, ObjectNode object, WriteOptions options) {
    List<String> unknown = Schema.prune(object, schema);
    if (options.strict() && !unknown.isEmpty()) {
      throw ApiFailure.badRequest(
          "strict decoding error: "
              + String.join(
                  ", ", unknown.stream().map(path -> "unknown field \"" + path + "\"").toList()));
    }
    Schema.fillIn(object, schema);
    List<Cause> violations = Schema.violations(object, schema);
    if (!violations.isEmpty()) {
      throw ApiFailure.invalid(type, Json.name(object), violations);
    }
  }

  /** What the generation counts: everything but metadata and status. */
  private static ObjectNode spec(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.remove(List.of("metadata", STATUS, "apiVersion", "kind"));
    return copy;
  }

  private static void copyField(ObjectNode from, ObjectNode to, String name) {
    if (from.has(name)) {
      to.set(name, from.path(name).deepCopy());
    } else {
      to.remove(name);
    }
  }

  private static void checkSame(ObjectNode object, String field, String expected) {
    String stated = Json.text(object, field);
    if (!stated.isEmpty() && !stated.equals(expected)) {
      throw ApiFailure.badRequest(
          "the " + field + " of the provided object (" + stated + ") is not " + expected);
    }
  }

  private static void checkName(ResourceType type, String name) {
    if (name.isEmpty()) {
      Cause cause =
          new Cause("metadata.name", "FieldValueRequired", "name or generateName is required");
      throw ApiFailure.invalid(type, name, List.of(cause));
    }
    boolean rbac = type.group().equals("rbac.authorization.k8s.io");
    Pattern allowed = rbac ? PATH_SEGMENT : DNS_SUBDOMAIN;
    if (name.length() > LONGEST_NAME
        || name.equals(".")
        || name.equals("..")
        || !allowed.matcher(name).matches()) {
      Cause cause =
          new Cause(
              "metadata.name",
              "FieldValueInvalid",
              "Invalid value: a lowercase RFC 1123 subdomain must consist of lower case"
                  + " alphanumeric characters, '-' or '.', and must start and end with an"
                  + " alphanumeric character");
      throw ApiFailure.invalid(type, name, List.of(cause));
    }
  }

  private String suffix() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
    }
    return text.toString();
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
