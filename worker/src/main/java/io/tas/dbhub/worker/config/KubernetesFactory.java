package io.tas.dbhub.worker.config;

import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.KubernetesClients;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.worker.informer.ResourceWatcher;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Where Kubernetes is, and which of its namespaces are ours to act in. */
public final class KubernetesFactory {
  /** Empty inside a cluster: then the pod's own service account is used. */
  @NotNull public String kubeconfig = "";

  /** Where the Secrets and Database resources of connections made through REST live. */
  @NotEmpty public String namespace = "tas-mcp-servers";

  /**
   * Further namespaces whose Database and DBHubInstance resources are looked after; {@code "*"}:
   * all, which needs rights in all.
   */
  @NotNull public List<String> watchNamespaces = List.of();

  /** Of all workers of a control plane the one that holds this Lease watches. */
  @NotEmpty public String leaseName = "dbhub-worker";

  /** Where the Lease is; empty: in {@link #namespace}. */
  @NotNull public String leaseNamespace = "";

  /** How long the others wait for a leader that is silent. */
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  public Duration leaseDuration = Duration.seconds(15);

  public KubernetesClient connect() throws IOException {
    return kubeconfig.isEmpty()
        ? KubernetesClients.inCluster()
        : KubernetesClients.fromKubeconfig(Path.of(kubeconfig));
  }

  /** How often monitors that should run and do not are looked for. */
  @NotNull public Duration resyncEvery = Duration.minutes(10);

  /** Namespaces, or {@link ResourceWatcher#EVERYWHERE} alone. */
  public List<String> watched() {
    if (watchNamespaces.contains(ResourceWatcher.EVERYWHERE)) {
      return List.of(ResourceWatcher.EVERYWHERE);
    }
    Set<String> all = new TreeSet<>(watchNamespaces);
    all.add(namespace);
    return List.copyOf(all);
  }

  public ResourceRef lease() {
    return new ResourceRef(leaseNamespace.isEmpty() ? namespace : leaseNamespace, leaseName);
  }

  public java.time.Duration resync() {
    return resyncEvery.toJavaDuration();
  }
}
