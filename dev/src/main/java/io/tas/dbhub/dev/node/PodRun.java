package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Pod on this node, on a thread of its own: starts its containers, watches them, stops them.
 */
final class PodRun {

  private static final Logger LOG = LoggerFactory.getLogger(PodRun.class);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);
  private static final long TICK_MILLIS = 50;
  private static final long RETRY_MILLIS = 500;

  /** What ends a Pod here, in the order of urgency. */
  private enum End {
    NONE,
    NODE_STOPS,
    DELETED,
    GONE
  }

  private final KubernetesClient client;
  private final Pod pod;
  private final Drain drain;
  private final String podIp;
  private final PodStatusWriter status;
  private final List<ContainerRun> init = new ArrayList<>();
  private final List<ContainerRun> containers = new ArrayList<>();
  private final Thread thread;
  private final Object lock = new Object();
  private End end = End.NONE;
  private Duration grace = Duration.ofSeconds(30);

  PodRun(
      KubernetesClient client,
      Pod pod,
      Launcher launcher,
      Drain drain,
      Path folder,
      String podIp,
      Runnable afterwards) {
    this.client = client;
    this.pod = pod;
    this.drain = drain;
    this.podIp = podIp;
    this.status = new PodStatusWriter(client, pod, podIp);
    ProbeCheck check = new ProbeCheck();
    for (Container container : pod.getSpec().getInitContainers()) {
      init.add(new ContainerRun(pod, container, launcher, folder, podIp, check, 0));
    }
    for (Container container : pod.getSpec().getContainers()) {
      int earlier = restarts(pod, container);
      containers.add(new ContainerRun(pod, container, launcher, folder, podIp, check, earlier));
    }
    this.thread =
        new Thread(
            () -> {
              try {
                live();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                afterwards.run();
              }
            },
            "pod-" + pod.getMetadata().getName());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The Pod was marked as deleted: stop it, then take it off the API. */
  void delete(Duration within) {
    finish(End.DELETED, within);
  }

  /** The Pod is no longer in the API. */
  void gone() {
    finish(End.GONE, Duration.ZERO);
  }

  /** This node stops; the Pod stays, and starts again with the next node. */
  void nodeStops() {
    finish(End.NODE_STOPS, SHUTDOWN_GRACE);
  }

  void awaitEnd(Duration atMost) throws InterruptedException {
    thread.join(atMost.toMillis());
  }

  private void finish(End how, Duration within) {
    synchronized (lock) {
      if (how.compareTo(end) > 0) {
        end = how;
        grace = within;
        lock.notifyAll();
      }
    }
  }

  private End end() {
    synchronized (lock) {
      return end;
    }
  }

  private void live() throws InterruptedException {
    status.write("Pending", statuses(init), statuses(containers), "ContainersNotReady");
    while (end() == End.NONE) {
      boolean initialised = runInit();
      if (initialised) {
        for (ContainerRun container : containers) {
          container.tick();
        }
      }
      status.write(phase(), statuses(init), statuses(containers), "");
      synchronized (lock) {
        if (end == End.NONE) {
          lock.wait(TICK_MILLIS);
        }
      }
    }
    shutDown();
  }

  /** One after the other; true when all have succeeded. */
  private boolean runInit() throws InterruptedException {
    for (ContainerRun container : init) {
      if (!container.succeeded()) {
        container.tick();
        return false;
      }
    }
    return true;
  }

  private void shutDown() throws InterruptedException {
    Duration allowed;
    synchronized (lock) {
      allowed = grace;
    }
    if (end() == End.DELETED) {
      status.write(phase(), statuses(init), statuses(containers), "PodTerminating");
      Duration half = allowed.dividedBy(2);
      Duration atMost = half.compareTo(LONGEST_DRAIN) < 0 ? half : LONGEST_DRAIN;
      drain.drain(pod.getMetadata().getUid(), podIp, atMost);
    }
    for (ContainerRun container : containers) {
      container.stop(allowed);
    }
    for (ContainerRun container : init) {
      container.stop(allowed);
    }
    if (end() == End.NODE_STOPS) {
      // Only now: where everything is being stopped the API server may be gone already.
      status.write(phase(), statuses(init), statuses(containers), "NodeShutdown");
    }
    while (end() == End.DELETED && !takeOff()) {
      synchronized (lock) {
        lock.wait(RETRY_MILLIS);
      }
    }
  }

  /**
   * Deletes the Pod from the API, now that nothing of it runs; false when that has to be tried
   * again.
   */
  private boolean takeOff() {
    try {
      List<StatusDetails> done =
          client
              .pods()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(pod.getMetadata().getName())
              .withGracePeriod(0)
              .delete();
      return done != null;
    } catch (KubernetesClientException e) {
      LOG.debug("Cannot delete Pod {}", pod.getMetadata().getName(), e);
      return e.getCode() == 404;
    }
  }

  private String phase() {
    if (containers.stream().allMatch(ContainerRun::finished) && end() == End.NONE) {
      return containers.stream().allMatch(ContainerRun::succeeded) ? "Succeeded" : "Failed";
    }
    boolean any =
        statuses(containers).stream()
            .anyMatch(
                one ->
                    one.getState().getRunning() != null
                        || one.getLastState().getTerminated() != null);
    return any ? "Running" : "Pending";
  }

  private static List<ContainerStatus> statuses(List<ContainerRun> containers) {
    return containers.stream().map(ContainerRun::status).toList();
  }

  private static int restarts(Pod pod, Container container) {
    if (pod.getStatus() == null) {
      return 0;
    }
    return pod.getStatus().getContainerStatuses().stream()
        .filter(earlier -> earlier.getName().equals(container.getName()))
        .mapToInt(
            earlier ->
                earlier.getRestartCount() + (Boolean.TRUE.equals(earlier.getStarted()) ? 1 : 0))
        .findFirst()
        .orElse(0);
  }
}
