package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the API server how a Pod is, whenever that changes. Used by one thread. */
final class PodStatusWriter {

  private static final Logger LOG = LoggerFactory.getLogger(PodStatusWriter.class);

  private final KubernetesClient client;
  private final Pod pod;
  private final String podIp;
  private final String startTime = ContainerRun.time();
  private final Map<String, PodCondition> conditions = new HashMap<>();
  private PodStatus written = new PodStatus();

  PodStatusWriter(KubernetesClient client, Pod pod, String podIp) {
    this.client = client;
    this.pod = pod;
    this.podIp = podIp;
  }

  /**
   * Writes when something changed; a failure is tried again with the next change or tick.
   *
   * @param notReady why the Pod is not ready although its containers may be; empty when they decide
   */
  void write(
      String phase, List<ContainerStatus> init, List<ContainerStatus> containers, String notReady) {
    boolean ready = notReady.isEmpty() && containers.stream().allMatch(ContainerStatus::getReady);
    List<PodCondition> list = new ArrayList<>();
    list.add(condition("PodScheduled", true, ""));
    list.add(condition("Initialized", true, ""));
    list.add(condition("ContainersReady", ready, ready ? "" : "ContainersNotReady"));
    String reason = notReady.isEmpty() ? "ContainersNotReady" : notReady;
    list.add(condition("Ready", ready, ready ? "" : reason));
    PodStatus status =
        new PodStatusBuilder()
            .withPhase(phase)
            .withStartTime(startTime)
            .withHostIP("127.0.0.1")
            .addNewHostIP("127.0.0.1")
            .withPodIP(podIp)
            .addNewPodIP(podIp)
            .withConditions(list)
            .withInitContainerStatuses(init)
            .withContainerStatuses(containers)
            .build();
    if (status.equals(written)) {
      return;
    }
    String patch =
        Serialization.asJson(
            Map.of("metadata", Map.of("uid", pod.getMetadata().getUid()), "status", status));
    try {
      client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .withName(pod.getMetadata().getName())
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
      written = status;
    } catch (KubernetesClientException e) {
      LOG.debug("Cannot write the status of Pod {}", pod.getMetadata().getName(), e);
    }
  }

  private PodCondition condition(String type, boolean is, String reason) {
    String status = is ? "True" : "False";
    PodCondition before = conditions.get(type);
    String since =
        before != null && status.equals(before.getStatus())
            ? before.getLastTransitionTime()
            : ContainerRun.time();
    PodCondition now =
        new PodConditionBuilder()
            .withType(type)
            .withStatus(status)
            .withReason(reason.isEmpty() ? null : reason)
            .withLastTransitionTime(since)
            .build();
    conditions.put(type, now);
    return now;
  }
}
