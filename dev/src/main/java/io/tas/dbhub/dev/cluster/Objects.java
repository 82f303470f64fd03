package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The meaning of the API's verbs: what a create, a replacement, a patch or an apply does to the
 * store.
 */
final class Objects {

  static final String APPLY_PATCH = "application/apply-patch+yaml";
  static final String JSON_PATCH = "application/json-patch+json";
  static final String MERGE_PATCH = "application/merge-patch+json";
  static final String STRATEGIC_PATCH = "application/strategic-merge-patch+json";

  private final ObjectStore store;
  private final Admission admission = new Admission();

  Objects(ObjectStore store) {
    this.store = store;
  }

  ObjectNode get(ResourceType type, String namespace, String name) {
    return find(type, namespace, name).orElseThrow(() -> ApiFailure.notFound(type, name));
  }

  Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
    return store.get(type.key(namespace, name));
  }

  List<ObjectNode> list(ResourceType type, String namespace) {
    return store.list(type.group(), type.plural(), namespace);
  }

  ObjectNode create(ResourceType type, String namespace, ObjectNode sent, WriteOptions options) {
    return store.exclusively(
        () -> {
          ObjectNode object = sent.deepCopy();
          Json.metadata(object).remove("managedFields");
          admission.identify(type, namespace, object);
          checkFree(type, namespace, Json.name(object));
          ObjectNode created = admission.created(type, object, options);
          ServerSideApply.recordUpdate(Json.object(), created, type, options.manager(), "");
          return save(type, namespace, created, options);
        });
  }

  /**
   * Replaces the object or one of its subresources; a stated resourceVersion must be the current
   * one.
   */
  ObjectNode replace(
      ResourceType type,
      String namespace,
      String name,
      ObjectNode sent,
      String subresource,
      WriteOptions options) {
    return store.exclusively(
        () -> {
          ObjectNode before = get(type, namespace, name);
          String stated = Json.name(sent);
          if (!stated.isEmpty() && !stated.equals(name)) {
            throw ApiFailure.badRequest(
                "the name of the object (" + stated + ") does not match the name on the URL");
          }
          checkUnchanged(type, before, sent);
          return update(type, before, sent, subresource, options);
        });
  }

  /** Changes the object by a function, as one step: for the server's own controllers. */
  ObjectNode edit(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      String manager,
      UnaryOperator<ObjectNode> change) {
    return store.exclusively(
        () -> {
          ObjectNode before = get(type, namespace, name);
          ObjectNode after = change.apply(before.deepCopy());
          return update(type, before, after, subresource, WriteOptions.controller(manager));
        });
  }

  ObjectNode patch(
      ResourceType type,
      String namespace,
      String name,
      String contentType,
      JsonNode patch,
      String subresource,
      WriteOptions options) {
    if (contentType.equals(APPLY_PATCH)) {
      return apply(type, namespace, name, patch, subresource, options);
    }
    return store.exclusively(
        () -> {
          ObjectNode before = get(type, namespace, name);
          JsonNode after =
              switch (contentType) {
                case JSON_PATCH -> Merge.jsonPatch(before, patch);
                case MERGE_PATCH -> Merge.mergePatch(before, patch);
                case STRATEGIC_PATCH -> {
                  if (type.custom()) {
                    throw ApiFailure.unsupportedMediaType(contentType);
                  }
                  yield Merge.strategic(before, patch, type.shape());
                }
                default -> throw ApiFailure.unsupportedMediaType(contentType);
              };
          if (!(after instanceof ObjectNode object)) {
            throw ApiFailure.badRequest("the patch leaves no object");
          }
          checkUnchanged(type, before, object);
          return update(type, before, object, subresource, options);
        });
  }

  private ObjectNode apply(
      ResourceType type,
      String namespace,
      String name,
      JsonNode sent,
      String subresource,
      WriteOptions options) {
    if (!(sent instanceof ObjectNode body)) {
      throw ApiFailure.badRequest("the body of an apply must be an object");
    }
    if (options.manager().isEmpty()) {
      throw ApiFailure.badRequest("fieldManager is required for apply patch");
    }
    ObjectNode config = body.deepCopy();
    if (Json.at(config, "metadata").has("managedFields")) {
      throw ApiFailure.badRequest("metadata.managedFields must be nil");
    }
    Json.metadata(config).put("name", name);
    keepOnlyWhatIsWritable(type, config, subresource);
    return store.exclusively(
        () -> {
          admission.identify(type, namespace, config);
          Optional<ObjectNode> live = find(type, namespace, name);
          if (live.isEmpty()) {
            if (!subresource.isEmpty()) {
              throw ApiFailure.notFound(type, name);
            }
            checkFree(type, namespace, name);
            ObjectNode merged =
                ServerSideApply.apply(Json.object(), config, type, options, subresource);
            type.typed(merged);
            return save(type, namespace, admission.created(type, merged, options), options);
          }
          ObjectNode before = live.get();
          checkUnchanged(type, before, config);
          ObjectNode merged = ServerSideApply.apply(before, config, type, options, subresource);
          ObjectNode after = admission.updated(type, before, merged, subresource, options);
          JsonNode owners = Json.at(merged, "metadata", "managedFields");
          Json.metadata(after).set("managedFields", owners);
          return saveIfChanged(type, before, after, options);
        });
  }

  /** Fields that this write cannot set must not become the manager's either. */
  private static void keepOnlyWhatIsWritable(
      ResourceType type, ObjectNode config, String subresource) {
    if (subresource.equals(Admission.STATUS)) {
      config.retain("apiVersion", "kind", "metadata", Admission.STATUS);
      Json.metadata(config).retain("name", "namespace", "uid", "resourceVersion");
    } else if (type.statusSubresource()) {
      config.remove(Admission.STATUS);
    }
  }

  private ObjectNode update(
      ResourceType type,
      ObjectNode before,
      ObjectNode sent,
      String subresource,
      WriteOptions options) {
    ObjectNode after = admission.updated(type, before, sent, subresource, options);
    ServerSideApply.recordUpdate(before, after, type, options.manager(), subresource);
    return saveIfChanged(type, before, after, options);
  }

  private ObjectNode saveIfChanged(
      ResourceType type, ObjectNode before, ObjectNode after, WriteOptions options) {
    // Real servers do not give a new resourceVersion to a write that changes nothing either.
    if (before.equals(after)) {
      return before;
    }
    String namespace = Json.text(before, "metadata", "namespace");
    boolean released =
        Json.terminating(after)
            && !Json.at(before, "metadata", "finalizers").isEmpty()
            && Json.at(after, "metadata", "finalizers").isEmpty();
    if (released && !options.dryRun()) {
      return store.remove(type.key(namespace, Json.name(before))).orElse(after);
    }
    return save(type, namespace, after, options);
  }

  private ObjectNode save(
      ResourceType type, String namespace, ObjectNode object, WriteOptions options) {
    return options.dryRun() ? object : store.put(type.key(namespace, Json.name(object)), object);
  }

  private void checkFree(ResourceType type, String namespace, String name) {
    if (type.namespaced() && store.get(new ObjectKey("", "namespaces", "", namespace)).isEmpty()) {
      throw ApiFailure.noNamespace(namespace);
    }
    if (find(type, namespace, name).isPresent()) {
      throw ApiFailure.alreadyExists(type, name);
    }
  }

  private static void checkUnchanged(ResourceType type, ObjectNode before, ObjectNode sent) {
    String stated = Json.text(sent, "metadata", "resourceVersion");
    if (!stated.isEmpty() && !stated.equals(Json.text(before, "metadata", "resourceVersion"))) {
      throw ApiFailure.conflict(
          type,
          Json.name(before),
          "the object has been modified; please apply your changes to the latest version and try"
              + " again");
    }
    String uid = Json.uid(sent);
    if (!uid.isEmpty() && !uid.equals(Json.uid(before))) {
      throw ApiFailure.conflict(
          type,
          Json.name(before),
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + Json.uid(before));
    }
  }
}
