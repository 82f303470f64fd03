package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tas.dbhub.dev.engine.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scheduler and kubelet of a cluster with one node: takes every Pod and runs its containers as
 * processes.
 *
 * <p>Processes that an earlier node left behind when it was killed are stopped at the start; their
 * Pods are started afresh. Safe for use by many threads.
 */
public final class LocalNode implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);
  private static final long RESYNC_MILLIS = 10_000;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(6);

  private final KubernetesClient client;
  private final String name;
  private final Launcher launcher;
  private final Drain drain;
  private final Path pods;
  private final LoopbackAddresses addresses = new LoopbackAddresses();
  private final Map<String, PodRun> runs = new ConcurrentHashMap<>();
  private final ExecutorService binder = Executors.newSingleThreadExecutor(LocalNode::thread);
  private final Object lock = new Object();
  private @Nullable SharedIndexInformer<Pod> informer;
  private boolean closing;

  /**
   * Prepares a node.
   *
   * @param client may do everything with Pods, and read ConfigMaps and Secrets; stays the caller's
   * @param name of the node, as Pods carry it
   * @param directory for volumes, process notes and {@code logs/<namespace>_<pod>_<container>.log}
   * @param drain takes a Pod out of the traffic before it stops: the {@link ServiceProxy}, or
   *     {@link Drain#none()}
   */
  public LocalNode(
      KubernetesClient client, String name, Path directory, ImageCatalogue images, Drain drain) {
    this.client = client;
    this.name = name;
    this.drain = drain;
    // Processes run in other folders, so paths that are given to them must be absolute.
    Path root = PrivateFiles.folder(directory.toAbsolutePath().normalize());
    this.pods = PrivateFiles.folder(root.resolve("pods"));
    Path logs = PrivateFiles.folder(root.resolve("logs"));
    this.launcher = new Launcher(images, new Volumes(client), logs);
  }

  /**
   * Stops what an earlier node left, then takes Pods until {@link #close()}.
   *
   * @throws IOException when the notes of an earlier node cannot be read
   */
  public void start() throws IOException {
    ChildProcess.stopLeftovers(pods);
    PrivateFiles.deleteTree(pods);
    PrivateFiles.folder(pods);
    synchronized (lock) {
      informer = client.pods().inAnyNamespace().inform(new Handler(), RESYNC_MILLIS);
    }
  }

  private void accept(Pod pod) {
    synchronized (lock) {
      if (closing) {
        return;
      }
      String assigned = pod.getSpec().getNodeName();
      boolean terminating = pod.getMetadata().getDeletionTimestamp() != null;
      if (assigned == null || assigned.isEmpty()) {
        if (!terminating) {
          binder.execute(() -> bind(pod));
        }
        return;
      }
      if (!assigned.equals(name)) {
        return;
      }
      String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
      boolean finished = "Succeeded".equals(phase) || "Failed".equals(phase);
      PodRun run = runs.get(pod.getMetadata().getUid());
      boolean fresh = run == null && (terminating || !finished);
      if (fresh) {
        run = run(pod);
      }
      if (run != null && terminating) {
        Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
        run.delete(Duration.ofSeconds(seconds == null ? 30 : seconds));
      }
      if (run != null && fresh) {
        run.start();
      }
    }
  }

  private PodRun run(Pod pod) {
    String uid = pod.getMetadata().getUid();
    Path folder = PrivateFiles.folder(pods.resolve(uid));
    String address = addresses.take();
    PodRun run =
        new PodRun(
            client,
            pod,
            launcher,
            drain,
            folder,
            address,
            () -> {
              addresses.release(address);
              PrivateFiles.deleteTree(folder);
              runs.remove(uid);
            });
    runs.put(uid, run);
    return run;
  }

  private void bind(Pod pod) {
    try {
      client
          .bindings()
          .inNamespace(pod.getMetadata().getNamespace())
          .resource(
              new BindingBuilder()
                  .withNewMetadata()
                  .withName(pod.getMetadata().getName())
                  .withNamespace(pod.getMetadata().getNamespace())
                  .endMetadata()
                  .withNewTarget()
                  .withApiVersion("v1")
                  .withKind("Node")
                  .withName(name)
                  .endTarget()
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      // Bound meanwhile, or deleted; if neither, the next resync tries again.
      LOG.debug("Cannot bind Pod {}", pod.getMetadata().getName(), e);
    }
  }

  private void forget(Pod pod) {
    PodRun run = runs.get(pod.getMetadata().getUid());
    if (run != null) {
      run.gone();
    }
  }

  /** Stops every process. The Pods stay in the API, not ready, and run again with the next node. */
  @Override
  public void close() {
    List<PodRun> running;
    synchronized (lock) {
      closing = true;
      if (informer != null) {
        informer.close();
      }
      running = List.copyOf(runs.values());
    }
    binder.shutdownNow();
    running.forEach(PodRun::nodeStops);
    try {
      for (PodRun run : running) {
        run.awaitEnd(LONGEST_STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Whoever still waits for an API server that is gone does not keep its process.
    ChildProcess.stopLeftovers(pods);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "local-node-binder");
    thread.setDaemon(true);
    return thread;
  }

  private final class Handler implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      accept(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      accept(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean unknown) {
      forget(pod);
    }
  }
}
