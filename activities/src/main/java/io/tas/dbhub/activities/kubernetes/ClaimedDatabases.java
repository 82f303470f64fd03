package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which Database resources made by hand ask for a node. Thread-safe. */
public final class ClaimedDatabases {
  private final KubernetesClient kubernetes;
  private final ManifestClaims claims;

  public ClaimedDatabases(KubernetesClient kubernetes, ManagedDatabases managed) {
    this.kubernetes = kubernetes;
    this.claims = new ManifestClaims(managed);
  }

  /**
   * Those of a namespace, read in pages; empty when the namespace may not be read, which says
   * nothing of what is in it.
   *
   * @param alive called after each page
   * @throws io.temporal.failure.ApplicationFailure {@code KubernetesUnavailable}, {@code
   *     KubernetesRefused}
   */
  public Optional<Map<ResourceRef, DatabaseRef>> list(String namespace, Runnable alive) {
    return KubernetesFailures.translate(
        () -> {
          Map<ResourceRef, DatabaseRef> all = new HashMap<>();
          try {
            Pages.read(
                kubernetes
                    .resources(DatabaseResource.class)
                    .inNamespace(namespace)
                    .withLabel(Kubernetes.TENANT),
                resource ->
                    claims.database(resource).ifPresent(found -> all.put(resource.ref(), found)),
                alive);
            return Optional.of(all);
          } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** What the resource asks for now; empty when it is gone, or asks for nothing. */
  public Optional<DatabaseRef> find(ResourceRef resource) {
    return Optional.ofNullable(
            KubernetesFailures.translate(
                () ->
                    kubernetes
                        .resources(DatabaseResource.class)
                        .inNamespace(resource.namespace())
                        .withName(resource.name())
                        .get()))
        .flatMap(claims::database);
  }
}
