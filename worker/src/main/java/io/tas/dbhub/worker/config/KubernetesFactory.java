package io.tas.dbhub.worker.config;

import io.dropwizard.util.Duration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.KubernetesClients;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where Kubernetes is, and which of its namespaces are ours to act in. */
public final class KubernetesFactory {
  /** Empty inside a cluster: then the pod's own service account is used. */
  @NotNull public String kubeconfig = "";

  /** Where the Secrets and Database resources of connections made through REST live. */
  @NotEmpty public String namespace = "tas-mcp-servers";

  /** Further namespaces whose Database and DBHubInstance resources are looked after. */
  @NotNull public List<String> watchNamespaces = List.of();

  public KubernetesClient connect() throws IOException {
    return kubeconfig.isEmpty()
        ? KubernetesClients.inCluster()
        : KubernetesClients.fromKubeconfig(Path.of(kubeconfig));
  }

  /** How often monitors that should run and do not are looked for. */
  @NotNull public Duration resyncEvery = Duration.minutes(10);

  public List<String> watched() {
    Set<String> all = new TreeSet<>(watchNamespaces);
    all.add(namespace);
    return List.copyOf(all);
  }

  public java.time.Duration resync() {
    return resyncEvery.toJavaDuration();
  }
}
