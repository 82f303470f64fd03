package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes clients that give up soon: a call that hangs would hold a slot, and Temporal retries better
 * than a client can, because it is seen.
 */
public final class KubernetesClients {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REQUEST_MILLIS = 10_000;
  private static final int STEP_MILLIS = 4_000;
  private static final int LEASE_MILLIS = 3_000;

  private KubernetesClients() {}

  /**
   * @throws IOException when the file cannot be read
   */
  public static KubernetesClient fromKubeconfig(Path kubeconfig) throws IOException {
    if (!Files.isReadable(kubeconfig)) {
      throw new IOException("cannot read the kubeconfig " + kubeconfig);
    }
    return client(Config.fromKubeconfig(kubeconfig.toFile()));
  }

  /** With the login of the pod this runs in. */
  public static KubernetesClient inCluster() {
    return client(Config.autoConfigure(null));
  }

  /**
   * The same client for the steps of workflows: what hangs is given up so early that it cannot take
   * effect when Temporal has long begun the next attempt, or undone the step. The client itself
   * adds as much again, up to 5 seconds, for a body that stops half-way.
   */
  public static KubernetesClient forSteps(KubernetesClient kubernetes) {
    return limited(kubernetes, STEP_MILLIS);
  }

  /** The same client for a lease: a renewal that hangs leaves time for another. */
  public static KubernetesClient forLeases(KubernetesClient kubernetes) {
    return limited(kubernetes, LEASE_MILLIS);
  }

  static KubernetesClient limited(KubernetesClient kubernetes, int requestMillis) {
    return kubernetes
        .newClient(
            new RequestConfigBuilder(kubernetes.getConfiguration().getRequestConfig())
                .withRequestTimeout(requestMillis)
                .build())
        .adapt(KubernetesClient.class);
  }

  private static KubernetesClient client(Config found) {
    Config config =
        new ConfigBuilder(found)
            .withConnectionTimeout(CONNECT_MILLIS)
            .withRequestTimeout(REQUEST_MILLIS)
            .withRequestRetryBackoffLimit(0)
            // With HTTP/2 all requests share one connection. Should the network swallow it, each
            // would time out for a quarter of an hour, until TCP gives up; so only one does.
            .withHttp2Disable(true)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
