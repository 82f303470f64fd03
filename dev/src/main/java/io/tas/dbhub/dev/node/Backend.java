package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A ready Pod behind a Service, and the address its connections go to. */
record Backend(String pod, String uid, InetSocketAddress address) implements Comparable<Backend> {

  /** The Pod as a backend of the Service; empty when it is none now. */
  static Optional<Backend> of(Service service, Pod pod) {
    var labels = pod.getMetadata().getLabels();
    var status = pod.getStatus();
    boolean chosen =
        labels != null && labels.entrySet().containsAll(service.getSpec().getSelector().entrySet());
    if (!chosen
        || status == null
        || status.getPodIP() == null
        || pod.getMetadata().getDeletionTimestamp() != null
        || status.getConditions().stream()
            .noneMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"))) {
      return Optional.empty();
    }
    int port = port(service.getSpec().getPorts().get(0), pod);
    return port == 0
        ? Optional.empty()
        : Optional.of(
            new Backend(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                new InetSocketAddress(status.getPodIP(), port)));
  }

  private static int port(ServicePort port, Pod pod) {
    IntOrString target = port.getTargetPort();
    if (target == null) {
      return port.getPort();
    }
    return pod.getSpec().getContainers().stream()
        .mapToInt(container -> ProbeCheck.port(target, container))
        .filter(found -> found != 0)
        .findFirst()
        .orElse(0);
  }

  @Override
  public int compareTo(Backend other) {
    return pod.compareTo(other.pod);
  }
}
