package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
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
  private static final long PAGE = 500;

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
          try {
            return Optional.of(
                pages(
                    kubernetes
                        .resources(DatabaseResource.class)
                        .inNamespace(namespace)
                        .withLabel(Kubernetes.TENANT),
                    alive));
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

  private <L extends KubernetesResourceList<DatabaseResource>> Map<ResourceRef, DatabaseRef> pages(
      FilterWatchListDeletable<DatabaseResource, L, ? extends Resource<DatabaseResource>> resources,
      Runnable alive) {
    Map<ResourceRef, DatabaseRef> all = new HashMap<>();
    String next = null;
    do {
      L page = resources.list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
      page.getItems()
          .forEach(
              resource ->
                  claims.database(resource).ifPresent(found -> all.put(resource.ref(), found)));
      next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
      alive.run();
    } while (next != null && !next.isEmpty());
    return all;
  }
}
