package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What can be posted and is never stored: the binding of a Pod to a node, and the question "may
 * I?".
 */
final class VirtualResources {

  private static final List<String> QUESTIONS =
      List.of("selfsubjectaccessreviews", "subjectaccessreviews", "localsubjectaccessreviews");

  private final TypeRegistry types;
  private final Objects objects;

  VirtualResources(TypeRegistry types, Objects objects) {
    this.types = types;
    this.objects = objects;
  }

  Optional<ResourceEndpoint.Answer> find(ApiRequest request, Target target) {
    if (!request.method().equals("POST")) {
      return Optional.empty();
    }
    if (target.group().equals("authorization.k8s.io") && QUESTIONS.contains(target.resource())) {
      ObjectNode review = Json.readObject(request.body());
      review.putObject("status").put("allowed", true).put("reason", "there is no RBAC here");
      return Optional.of(new ResourceEndpoint.Answer(201, review));
    }
    boolean ofPod = target.resource().equals("pods") && target.subresource().equals("binding");
    if (target.group().isEmpty() && (ofPod || target.resource().equals("bindings"))) {
      ObjectNode binding = Json.readObject(request.body());
      bind(target.namespace(), ofPod ? target.name() : Json.name(binding), binding);
      ObjectNode done =
          Json.object()
              .put("kind", "Status")
              .put("apiVersion", "v1")
              .put("status", "Success")
              .put("code", 201);
      return Optional.of(new ResourceEndpoint.Answer(201, done));
    }
    return Optional.empty();
  }

  private void bind(String namespace, String name, JsonNode binding) {
    ResourceType pods = types.find("", "v1", "pods").orElseThrow(ApiFailure::noSuchPath);
    objects.edit(
        pods,
        namespace,
        name,
        "",
        "kube-scheduler",
        pod -> {
          ObjectNode spec = Json.child(pod, "spec");
          if (!Json.text(spec, "nodeName").isEmpty()) {
            throw ApiFailure.conflict(pods, name, "the pod is already assigned to a node");
          }
          spec.put("nodeName", Json.text(binding, "target", "name"));
          return pod;
        });
  }
}
