package io.tas.dbhub.benchmark;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Calls every Pod ready at once and runs nothing: in production the servers start on other
 * machines, and here they would compete for the processors.
 */
final class ReadyPods implements AutoCloseable {
  private final KubernetesClient kubernetes;
  private final SharedIndexInformer<Pod> pods;

  ReadyPods(KubernetesClient kubernetes, String namespace) {
    this.kubernetes = kubernetes;
    this.pods = kubernetes.pods().inNamespace(namespace).inform(new Handler());
  }

  private final class Handler implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      call(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod after) {
      call(after);
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
      // Nothing ran.
    }
  }

  private void call(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null
        || "Running".equals(pod.getStatus().getPhase())) {
      return;
    }
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, Object> ready =
        Map.of("type", "Ready", "status", "True", "lastTransitionTime", now);
    try {
      kubernetes
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .withName(pod.getMetadata().getName())
          .subresource("status")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              Serialization.asJson(
                  Map.of(
                      "status",
                      Map.of("phase", "Running", "startTime", now, "conditions", List.of(ready)))));
    } catch (KubernetesClientException gone) {
      // Rolled over meanwhile.
    }
  }

  @Override
  public void close() {
    pods.close();
  }
}
