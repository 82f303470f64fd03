package io.tas.dbhub.dev.system;

import io.tas.dbhub.dev.engine.KubernetesUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run.
 *
 * @param directory keeps all data, logs and addresses
 * @param health settings of the worker's group {@code monitoring}
 * @param kubernetesUsers who else gets a token, where the cluster is the real API server
 * @param audited whether the real API server writes every request down
 * @param optimized whether the JVMs of API, worker and Neo4j compile as in production: that
 *     computes faster, and starts slower
 * @param pods whether Pods run on this machine; else they are somebody else's to run
 */
public record SystemSettings(
    Path directory,
    Kubernetes kubernetes,
    Optional<Path> kubeconfig,
    SystemPorts ports,
    Map<String, Object> health,
    List<KubernetesUser> kubernetesUsers,
    boolean audited,
    boolean optimized,
    boolean pods) {
  /** Of a system that runs its Pods, and is not measured. */
  public SystemSettings(
      Path directory,
      Kubernetes kubernetes,
      Optional<Path> kubeconfig,
      SystemPorts ports,
      Map<String, Object> health,
      List<KubernetesUser> kubernetesUsers) {
    this(directory, kubernetes, kubeconfig, ports, health, kubernetesUsers, false, false, true);
  }

  /** Which Kubernetes API. */
  public enum Kubernetes {
    IN_MEMORY,
    REAL,
    EXISTING
  }
}
