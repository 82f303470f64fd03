package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each ClusterIP Service with a selector a loopback port of its own, which stays the same
 * over restarts, and writes it on the Service as the annotation {@value #EXTERNAL_ENDPOINT}.
 *
 * <p>New connections go in turn to Pods that are ready and not terminating. Only the first port of
 * a Service is served.
 */
public final class ServiceProxy implements AutoCloseable, Drain {

  /** The annotation with the address at which clients outside of the cluster reach a Service. */
  public static final String EXTERNAL_ENDPOINT = "dbhub.tas.io/external-endpoint";

  private static final Logger LOG = LoggerFactory.getLogger(ServiceProxy.class);
  private static final long RESYNC_MILLIS = 10_000;
  private static final long DRAIN_STEP_MILLIS = 20;

  private final KubernetesClient client;
  private final PortBook ports;
  private final Map<String, ServiceListener> listeners = new ConcurrentHashMap<>();
  private final Set<String> draining = ConcurrentHashMap.newKeySet();
  private @Nullable SharedIndexInformer<Pod> pods;
  private @Nullable SharedIndexInformer<Service> services;

  /**
   * Prepares a proxy.
   *
   * @param client may list Pods, list and patch Services; stays the caller's
   * @param directory where the ports are remembered
   * @param fixedPorts the port of a Service by {@code namespace/name}; the others get free ones
   */
  public ServiceProxy(KubernetesClient client, Path directory, Map<String, Integer> fixedPorts) {
    this.client = client;
    this.ports =
        new PortBook(PrivateFiles.folder(directory).resolve("ports.properties"), fixedPorts);
  }

  /** Starts to serve the Services there are and will be. */
  public void start() {
    pods = client.pods().inAnyNamespace().inform();
    services = client.services().inAnyNamespace().inform(new Handler(), RESYNC_MILLIS);
  }

  /** Where the Service is served, {@code http://127.0.0.1:PORT}; empty before it is. */
  public Optional<String> endpoint(String namespace, String name) {
    return Optional.ofNullable(listeners.get(namespace + "/" + name)).map(ServiceProxy::address);
  }

  @Override
  public void drain(String podUid, String podIp, Duration atMost) throws InterruptedException {
    draining.add(podUid);
    long end = System.nanoTime() + atMost.toNanos();
    boolean open = true;
    while (open && System.nanoTime() < end) {
      open = false;
      for (ServiceListener listener : listeners.values()) {
        open |= listener.retire(podIp);
      }
      if (open) {
        Thread.sleep(DRAIN_STEP_MILLIS);
      }
    }
  }

  private synchronized void serve(Service service) {
    String id = id(service);
    if (!served(service)) {
      stop(id);
      return;
    }
    ServiceListener listener = listeners.get(id);
    if (listener == null) {
      try {
        listener = new ServiceListener(ports.open(id), this::backends);
        listeners.put(id, listener);
      } catch (IOException e) {
        LOG.error("No port for Service {}: {}", id, e.getMessage());
        return;
      }
    }
    listener.follow(service);
    announce(service, address(listener));
  }

  private static boolean served(Service service) {
    var spec = service.getSpec();
    return spec != null
        && (spec.getType() == null || spec.getType().equals("ClusterIP"))
        && !spec.getSelector().isEmpty()
        && !spec.getPorts().isEmpty()
        && service.getMetadata().getDeletionTimestamp() == null;
  }

  private void announce(Service service, String address) {
    Map<String, String> annotations = service.getMetadata().getAnnotations();
    if (annotations != null && address.equals(annotations.get(EXTERNAL_ENDPOINT))) {
      return;
    }
    try {
      client
          .services()
          .inNamespace(service.getMetadata().getNamespace())
          .withName(service.getMetadata().getName())
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              Serialization.asJson(
                  Map.of("metadata", Map.of("annotations", Map.of(EXTERNAL_ENDPOINT, address)))));
    } catch (KubernetesClientException e) {
      // Deleted meanwhile; if not, the next resync tries again.
      LOG.debug("Cannot announce {} on Service {}", address, id(service), e);
    }
  }

  /** The Pods that may get a connection for the Service now. */
  private List<Backend> backends(Service service) {
    SharedIndexInformer<Pod> known = pods;
    Collection<Pod> all = known == null ? List.of() : known.getIndexer().list();
    return all.stream()
        .filter(
            pod -> pod.getMetadata().getNamespace().equals(service.getMetadata().getNamespace()))
        .map(pod -> Backend.of(service, pod))
        .flatMap(Optional::stream)
        .filter(backend -> !draining.contains(backend.uid()))
        .sorted()
        .toList();
  }

  private synchronized void stop(String id) {
    ServiceListener listener = listeners.remove(id);
    if (listener != null) {
      listener.close();
    }
  }

  private static String address(ServiceListener listener) {
    return "http://127.0.0.1:" + listener.port();
  }

  private static String id(Service service) {
    return service.getMetadata().getNamespace() + "/" + service.getMetadata().getName();
  }

  /**
   * Closes every port and connection. The annotations stay: the next proxy serves the same ports.
   */
  @Override
  public void close() {
    if (services != null) {
      services.close();
    }
    List.copyOf(listeners.keySet()).forEach(this::stop);
    if (pods != null) {
      pods.close();
    }
  }

  private final class Handler implements ResourceEventHandler<Service> {

    @Override
    public void onAdd(Service service) {
      serve(service);
    }

    @Override
    public void onUpdate(Service before, Service service) {
      serve(service);
    }

    @Override
    public void onDelete(Service service, boolean unknown) {
      stop(id(service));
    }
  }
}
