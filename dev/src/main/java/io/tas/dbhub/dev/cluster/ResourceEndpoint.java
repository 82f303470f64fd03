package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The verbs on resources: reads what a request asks for, and words the answer. */
final class ResourceEndpoint {

  private static final Duration LONGEST_WATCH = Duration.ofMinutes(30);
  private static final String SCALE = "scale";

  record Answer(int code, JsonNode body) {}

  private final ObjectStore store;
  private final TypeRegistry types;
  private final Objects objects;
  private final Deletions deletions;
  private final VirtualResources virtual;
  private final ScaleEndpoint scales;

  ResourceEndpoint(ObjectStore store, TypeRegistry types, Objects objects, Deletions deletions) {
    this.store = store;
    this.types = types;
    this.objects = objects;
    this.deletions = deletions;
    this.virtual = new VirtualResources(types, objects);
    this.scales = new ScaleEndpoint(store, objects);
  }

  Answer answer(ApiRequest request, Target target) {
    var special = virtual.find(request, target);
    if (special.isPresent()) {
      return special.get();
    }
    ResourceType type = type(target);
    if (!target.subresource().isEmpty()) {
      return subresource(request, target, type);
    }
    if (target.name().isEmpty()) {
      return collection(request, target, type);
    }
    String namespace = target.namespace();
    String name = target.name();
    return switch (request.method()) {
      case "GET" -> {
        ObjectNode object = objects.get(type, namespace, name);
        yield new Answer(200, rendered(request, type, object));
      }
      case "PUT" ->
          new Answer(
              200,
              objects.replace(
                  type,
                  namespace,
                  name,
                  Json.readObject(request.body()),
                  "",
                  request.writeOptions()));
      case "PATCH" -> patch(request, target, type, "");
      case "DELETE" -> delete(request, target, type);
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  WatchStream watch(ApiRequest request, Target target) {
    ResourceType type = type(target);
    Predicate<JsonNode> selection = selection(request);
    if (!target.name().isEmpty()) {
      selection = selection.and(object -> Json.name(object).equals(target.name()));
    }
    String asked = request.parameter("timeoutSeconds");
    Duration limit =
        asked.matches("[1-9][0-9]{0,6}")
            ? Duration.ofSeconds(Long.parseLong(asked))
            : LONGEST_WATCH;
    return new WatchStream(
        store,
        type,
        target.namespace(),
        selection,
        object -> rendered(request, type, object),
        new WatchStream.Options(
            request.parameter("resourceVersion"),
            request.flag("allowWatchBookmarks"),
            request.flag("sendInitialEvents"),
            limit));
  }

  private Answer collection(ApiRequest request, Target target, ResourceType type) {
    return switch (request.method()) {
      case "GET" -> new Answer(200, list(request, target, type));
      case "POST" ->
          new Answer(
              201,
              objects.create(
                  type,
                  target.namespace(),
                  Json.readObject(request.body()),
                  request.writeOptions()));
      case "DELETE" -> {
        List<ObjectNode> chosen = chosen(request, target, type);
        JsonNode options = options(request);
        for (ObjectNode object : chosen) {
          String namespace = Json.text(object, "metadata", "namespace");
          deletions.delete(type, namespace, Json.name(object), options, dryRun(request, options));
        }
        yield new Answer(200, asList(type, chosen, store.revision()));
      }
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Answer subresource(ApiRequest request, Target target, ResourceType type) {
    boolean status = target.subresource().equals(Admission.STATUS) && type.statusSubresource();
    if (target.subresource().equals(SCALE) && type.scalable()) {
      return scales.answer(request, target, type);
    }
    if (!status) {
      throw ApiFailure.noSuchPath();
    }
    String namespace = target.namespace();
    return switch (request.method()) {
      case "GET" -> new Answer(200, objects.get(type, namespace, target.name()));
      case "PUT" ->
          new Answer(
              200,
              objects.replace(
                  type,
                  namespace,
                  target.name(),
                  Json.readObject(request.body()),
                  Admission.STATUS,
                  request.writeOptions()));
      case "PATCH" -> patch(request, target, type, Admission.STATUS);
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Answer patch(ApiRequest request, Target target, ResourceType type, String subresource) {
    boolean fresh = objects.find(type, target.namespace(), target.name()).isEmpty();
    ObjectNode patched =
        objects.patch(
            type,
            target.namespace(),
            target.name(),
            request.contentType(),
            Json.read(request.body()),
            subresource,
            request.writeOptions());
    return new Answer(fresh ? 201 : 200, patched);
  }

  private Answer delete(ApiRequest request, Target target, ResourceType type) {
    JsonNode options = options(request);
    boolean dryRun = dryRun(request, options);
    ObjectNode last = deletions.delete(type, target.namespace(), target.name(), options, dryRun);
    if (objects.find(type, target.namespace(), target.name()).isPresent() && !dryRun) {
      return new Answer(200, last);
    }
    ObjectNode status =
        Json.object().put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
    status.putObject("metadata");
    status
        .putObject("details")
        .put("name", target.name())
        .put("group", type.group())
        .put("kind", type.plural())
        .put("uid", Json.uid(last));
    return new Answer(200, status);
  }

  /** {@code DeleteOptions} from the body, completed by those that stand in the query. */
  private static JsonNode options(ApiRequest request) {
    ObjectNode options =
        request.body().length == 0 ? Json.object() : Json.readObject(request.body()).deepCopy();
    if (request.query().containsKey("gracePeriodSeconds")) {
      options.put(
          "gracePeriodSeconds", Json.parse(request.parameter("gracePeriodSeconds")).asInt());
    }
    if (request.query().containsKey("propagationPolicy")) {
      options.put("propagationPolicy", request.parameter("propagationPolicy"));
    }
    return options;
  }

  private static boolean dryRun(ApiRequest request, JsonNode options) {
    return request.parameter("dryRun").equals("All")
        || options.path("dryRun").path(0).asText("").equals("All");
  }

  private JsonNode list(ApiRequest request, Target target, ResourceType type) {
    return store.exclusively(
        () -> {
          List<ObjectNode> chosen = chosen(request, target, type);
          if (request.wantsTable()) {
            ObjectNode metadata =
                Json.object().put("resourceVersion", Long.toString(store.revision()));
            return Tables.of(type, chosen, request.parameter("includeObject"), metadata);
          }
          return asList(type, chosen, store.revision());
        });
  }

  private List<ObjectNode> chosen(ApiRequest request, Target target, ResourceType type) {
    Predicate<JsonNode> selection = selection(request);
    List<ObjectNode> chosen = new ArrayList<>();
    for (ObjectNode object : objects.list(type, target.namespace())) {
      if (selection.test(object)) {
        chosen.add(object);
      }
    }
    return chosen;
  }

  private static ObjectNode asList(ResourceType type, List<ObjectNode> objects, long revision) {
    ObjectNode list =
        Json.object().put("kind", type.listKind()).put("apiVersion", type.apiVersion());
    list.putObject("metadata").put("resourceVersion", Long.toString(revision));
    ArrayNode items = list.putArray("items");
    objects.forEach(items::add);
    return list;
  }

  private static JsonNode rendered(ApiRequest request, ResourceType type, ObjectNode object) {
    if (!request.wantsTable()) {
      return object;
    }
    ObjectNode metadata = Json.object();
    metadata.set("resourceVersion", Json.at(object, "metadata", "resourceVersion"));
    return Tables.of(type, List.of(object), request.parameter("includeObject"), metadata);
  }

  private static Predicate<JsonNode> selection(ApiRequest request) {
    return Selection.of(request.parameter("labelSelector"), request.parameter("fieldSelector"));
  }

  private ResourceType type(Target target) {
    return types
        .find(target.group(), target.version(), target.resource())
        .orElseThrow(ApiFailure::noSuchPath);
  }
}
