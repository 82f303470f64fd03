package io.tas.dbhub.benchmark;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Notes what becomes of the Databases and of what the instance is made of. */
final class OperatorWatch implements AutoCloseable {
  private final Map<String, Long> connectedAt = new ConcurrentHashMap<>();
  private final Map<String, Long> generations = new ConcurrentHashMap<>();
  private final Map<String, Integer> configWrites = new ConcurrentHashMap<>();
  private final AtomicLong lastChange = new AtomicLong(System.nanoTime());
  private final List<Watch> watches;

  /**
   * Most of a server, and of all together.
   *
   * @param generations of Deployments; the first is their making
   */
  record Writes(int servers, long mostGenerations, long generations, int mostWrites, int writes) {}

  OperatorWatch(KubernetesClient kubernetes, Fleet fleet, String namespace) {
    this.watches =
        List.of(
            fleet
                .databases()
                .inNamespace(namespace)
                .watch(new Noting<GenericKubernetesResource>(this::database)),
            kubernetes
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withLabel(Kubernetes.INSTANCE, Fleet.INSTANCE)
                .watch(new Noting<Deployment>(this::deployment)),
            kubernetes
                .configMaps()
                .inNamespace(namespace)
                .withLabel(Kubernetes.INSTANCE, Fleet.INSTANCE)
                .watch(new Noting<ConfigMap>(this::configMap)));
  }

  private void database(GenericKubernetesResource database) {
    String phase = database.get("status", "phase");
    if ("Connected".equals(phase)) {
      connectedAt.putIfAbsent(name(database), System.nanoTime());
    }
  }

  private void deployment(Deployment deployment) {
    Long generation = deployment.getMetadata().getGeneration();
    if (!generation.equals(generations.put(name(deployment), generation))) {
      lastChange.set(System.nanoTime());
    }
  }

  private void configMap(ConfigMap configMap) {
    configWrites.merge(name(configMap), 1, Integer::sum);
    lastChange.set(System.nanoTime());
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  int connected() {
    return connectedAt.size();
  }

  /**
   * When so many were Connected, as {@link System#nanoTime}.
   *
   * @param count at most {@link #connected}
   */
  long connectedAt(int count) {
    return connectedAt.values().stream().sorted().skip(count - 1L).findFirst().orElseThrow();
  }

  /** Since a Deployment or ConfigMap changed; nanoseconds. */
  long quietFor() {
    return System.nanoTime() - lastChange.get();
  }

  Writes writes() {
    Collection<Long> all = generations.values();
    Collection<Integer> configs = configWrites.values();
    return new Writes(
        all.size(),
        all.stream().mapToLong(Long::longValue).max().orElse(0),
        all.stream().mapToLong(Long::longValue).sum(),
        configs.stream().mapToInt(Integer::intValue).max().orElse(0),
        configs.stream().mapToInt(Integer::intValue).sum());
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }

  /** Deletions are not measured, and the client begins again by itself what breaks off. */
  private record Noting<T>(Consumer<T> noted) implements Watcher<T> {
    @Override
    public void eventReceived(Action action, T object) {
      if (action == Action.ADDED || action == Action.MODIFIED) {
        noted.accept(object);
      }
    }

    @Override
    public void onClose(WatcherException e) {
      // Whoever waits for what is not noted gives up in time, and says so.
    }
  }
}
