package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The verbs on the {@code scale} subresource. */
final class ScaleEndpoint {

  private final ObjectStore store;
  private final Objects objects;

  ScaleEndpoint(ObjectStore store, Objects objects) {
    this.store = store;
    this.objects = objects;
  }

  ResourceEndpoint.Answer answer(ApiRequest request, Target target, ResourceType type) {
    String namespace = target.namespace();
    String name = target.name();
    if (request.method().equals("GET")) {
      return new ResourceEndpoint.Answer(200, Scale.of(type, objects.get(type, namespace, name)));
    }
    return store.exclusively(
        () -> {
          ObjectNode before = objects.get(type, namespace, name);
          JsonNode sent = Json.read(request.body());
          JsonNode scale =
              switch (request.method()) {
                case "PUT" -> sent;
                case "PATCH" ->
                    request.contentType().equals(Objects.JSON_PATCH)
                        ? Merge.jsonPatch(Scale.of(type, before), sent)
                        : Merge.mergePatch(Scale.of(type, before), sent);
                default -> throw ApiFailure.methodNotAllowed();
              };
          ObjectNode after = Scale.applied(type, before, scale);
          WriteOptions options = request.writeOptions();
          return new ResourceEndpoint.Answer(
              200, Scale.of(type, objects.replace(type, namespace, name, after, "", options)));
        });
  }
}
