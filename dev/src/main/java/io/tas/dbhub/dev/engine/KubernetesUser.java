package io.tas.dbhub.dev.engine;

import java.util.List;

/**
 * Somebody who may call the Kubernetes API with a token; what for is up to the RBAC rules that bind
 * name or groups.
 */
public record KubernetesUser(String name, List<String> groups) {

  public KubernetesUser {
    groups = List.copyOf(groups);
  }

  /** As the token of a service account would make them. */
  public static KubernetesUser serviceAccount(String namespace, String name) {
    return new KubernetesUser(
        "system:serviceaccount:" + namespace + ":" + name,
        List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace));
  }
}
