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
 */
public record SystemSettings(
    Path directory,
    Kubernetes kubernetes,
    Optional<Path> kubeconfig,
    SystemPorts ports,
    Map<String, Object> health,
    List<KubernetesUser> kubernetesUsers) {

  /** Which Kubernetes API. */
  public enum Kubernetes {
    IN_MEMORY,
    REAL,
    EXISTING
  }
}
