package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.Kubernetes;
import java.net.HttpURLConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tenants that a Namespace lets have databases made in it: who may write its annotation has
 * authority over it, which who may write a Database in it has not.
 */
final class NamespaceTenants {
  /** Stands for every tenant. */
  static final String ALL = "*";

  private final List<String> allowed;

  /**
   * @param annotation null where there is none
   */
  NamespaceTenants(@Nullable String annotation) {
    this.allowed =
        annotation == null
            ? List.of()
            : Arrays.stream(annotation.split(",", -1))
                .map(String::trim)
                .filter(tenant -> tenant.equals(ALL) || Scope.valid(tenant))
                .toList();
  }

  /** Asks the API server for each Namespace; one that may not be read allows nobody. */
  static Function<String, NamespaceTenants> oneByOne(KubernetesClient kubernetes) {
    return name -> {
      try {
        return new NamespaceTenants(annotation(kubernetes.namespaces().withName(name).get()));
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
          return new NamespaceTenants(null);
        }
        throw e;
      }
    };
  }

  static @Nullable String annotation(@Nullable Namespace namespace) {
    return Optional.ofNullable(namespace)
        .map(found -> found.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Kubernetes.TENANTS))
        .orElse(null);
  }

  boolean allow(String tenant) {
    return allowed.contains(ALL) || allowed.contains(tenant);
  }

  /** The command that lets a tenant in, and keeps those that are. */
  String cure(String namespace, String tenant) {
    return "kubectl annotate --overwrite namespace "
        + namespace
        + " "
        + Kubernetes.TENANTS
        + "="
        + Stream.concat(allowed.stream(), Stream.of(tenant)).collect(Collectors.joining(","));
  }
}
