package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one server's Deployment is. Pure.
 *
 * @param done every replica runs what was applied, and no older one is left
 * @param stuck Kubernetes gave up waiting for it
 * @param available replicas that are Ready
 */
record Rollout(boolean done, boolean stuck, int available) {
  /** The hash on the pods that it shall have; empty where there is none. */
  static String configHash(Deployment deployment) {
    Map<String, String> annotations =
        deployment.getSpec().getTemplate().getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(Kubernetes.CONFIG_HASH, "");
  }

  /**
   * @param applied whether what the Deployment wants is what was applied
   */
  static Rollout of(Deployment deployment, boolean applied) {
    if (deployment.getStatus() == null) {
      return new Rollout(false, false, 0);
    }
    DeploymentStatus status = deployment.getStatus();
    int desired = orZero(deployment.getSpec().getReplicas());
    int available = orZero(status.getAvailableReplicas());
    boolean current =
        Optional.ofNullable(status.getObservedGeneration()).orElse(0L)
            >= deployment.getMetadata().getGeneration();
    boolean done =
        applied
            && current
            && orZero(status.getUpdatedReplicas()) == desired
            && orZero(status.getReplicas()) == desired
            && available >= desired;
    boolean stuck =
        status.getConditions().stream()
            .anyMatch(
                condition ->
                    "Progressing".equals(condition.getType())
                        && "False".equals(condition.getStatus()));
    return new Rollout(done, stuck, available);
  }

  private static int orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
