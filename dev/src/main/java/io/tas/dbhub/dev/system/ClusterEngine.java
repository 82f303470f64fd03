package io.tas.dbhub.dev.system;

import io.tas.dbhub.dev.cluster.MemoryCluster;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.KubernetesServer;
import io.tas.dbhub.dev.engine.KubernetesUser;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.engine.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Kubernetes API: the in-memory one, the real one on this machine, or somebody's cluster.
 *
 * @param admin a kubeconfig that may do everything
 * @param worker a kubeconfig for the worker: its service account where there is RBAC
 */
public record ClusterEngine(String description, Path admin, Path worker, AutoCloseable server)
    implements AutoCloseable {
  public static final String NAMESPACE = "tas-mcp-servers";

  /** The control plane's own DBHubInstance, in {@code deploy/k8s/instance.yaml}. */
  public static final String INSTANCE = "dbhub";

  /** The worker's service account. */
  public static final KubernetesUser WORKER =
      KubernetesUser.serviceAccount(NAMESPACE, "dbhub-worker");

  public static ClusterEngine inMemory(Path directory, int port) {
    try {
      MemoryCluster cluster = MemoryCluster.start(directory, port);
      return new ClusterEngine(
          "in-memory API server at " + cluster.url(),
          cluster.kubeconfig(),
          cluster.kubeconfig(),
          cluster);
    } catch (IOException e) {
      throw new EngineException("The in-memory Kubernetes API server did not start", e);
    }
  }

  /** One whose API server writes no request down. */
  public static ClusterEngine real(
      Programs programs, Path directory, Ports ports, int port, List<KubernetesUser> others) {
    return real(programs, directory, ports, port, others, false);
  }

  /**
   * The worker gets its service account's rights only, so that missing ones are noticed.
   *
   * @param audited whether the API server writes every request down
   */
  public static ClusterEngine real(
      Programs programs,
      Path directory,
      Ports ports,
      int port,
      List<KubernetesUser> others,
      boolean audited) {
    List<KubernetesUser> users = new ArrayList<>(others);
    users.add(WORKER);
    KubernetesServer server =
        KubernetesServer.start(
            programs.kubernetes().orThrow(),
            new KubernetesServer.Settings(
                directory, port, ports.free(), ports.free(), users, audited));
    return new ClusterEngine(
        "API server at " + server.url(),
        server.adminKubeconfig(),
        server.kubeconfig(WORKER.name(), directory.resolve("worker.kubeconfig")),
        server);
  }

  public static ClusterEngine existing(Path kubeconfig) {
    return new ClusterEngine("the cluster of " + kubeconfig, kubeconfig, kubeconfig, () -> {});
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception e) {
      throw new EngineException("The Kubernetes API server did not stop", e);
    }
  }
}
