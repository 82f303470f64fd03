package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.tas.dbhub.activities.kubernetes.crd.InstancePhase;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a Deployment is. Pure.
 *
 * @param done every replica runs the wanted configuration, and no older one is left
 * @param stuck Kubernetes gave up waiting for it
 */
record Rollout(boolean done, boolean stuck, int desired, int available) {
  static Rollout of(@Nullable Deployment deployment, String configHash) {
    if (deployment == null || deployment.getStatus() == null) {
      return new Rollout(false, false, 1, 0);
    }
    DeploymentStatus status = deployment.getStatus();
    int desired = orZero(deployment.getSpec().getReplicas());
    int available = orZero(status.getAvailableReplicas());
    Map<String, String> annotations =
        deployment.getSpec().getTemplate().getMetadata().getAnnotations();
    boolean current =
        Optional.ofNullable(status.getObservedGeneration()).orElse(0L)
                >= deployment.getMetadata().getGeneration()
            && annotations != null
            && configHash.equals(annotations.get(Kubernetes.CONFIG_HASH));
    boolean done =
        current
            && orZero(status.getUpdatedReplicas()) == desired
            && orZero(status.getReplicas()) == desired
            && available >= desired;
    boolean stuck =
        status.getConditions().stream()
            .anyMatch(
                condition ->
                    "Progressing".equals(condition.getType())
                        && "False".equals(condition.getStatus()));
    return new Rollout(done, stuck, desired, available);
  }

  /**
   * @param complete every selected database is served
   */
  InstancePhase phase(boolean complete) {
    if (desired > 0 && available == 0) {
      return stuck ? InstancePhase.FAILED : InstancePhase.PENDING;
    }
    boolean whole = available >= desired && !stuck && complete;
    return whole ? InstancePhase.RUNNING : InstancePhase.DEGRADED;
  }

  private static int orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
