package io.tas.dbhub.systemtest;

import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code deploy/k8s} lets the worker do. */
final class WorkerRules {
  private static final Path FILE = Path.of("..", "deploy", "k8s", "rbac-worker.yaml");

  private WorkerRules() {}

  /** Of all the worker's Roles. */
  static List<PolicyRule> ofRoles() {
    return documents()
        .filter(Role.class::isInstance)
        .flatMap(role -> ((Role) role).getRules().stream())
        .toList();
  }

  private static Stream<KubernetesResource> documents() {
    try {
      return Stream.of(Files.readString(FILE).split("(?m)^---$"))
          .map(text -> Serialization.unmarshal(text, KubernetesResource.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
