package io.tas.dbhub.worker.informer;

import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tas.dbhub.core.names.Kubernetes;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the watches of all kinds are made. */
final class Informers {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceWatcher.class);

  /** So many objects are read at once: ten thousand in one answer would not fit into the heap. */
  private static final long PAGE = 500;

  private Informers() {}

  static <T, L, R extends Resource<T>> FilterWatchListDeletable<T, L, R> in(
      String namespace, MixedOperation<T, L, R> all) {
    return namespace.equals(ResourceWatcher.EVERYWHERE)
        ? all.inAnyNamespace()
        : all.inNamespace(namespace);
  }

  /** Those that the control plane made for an instance. */
  static <T, L, R extends Resource<T>> FilterWatchListDeletable<T, L, R> ownedIn(
      String namespace, MixedOperation<T, L, R> all) {
    return in(namespace, all).withLabel(Kubernetes.MANAGED_BY, Kubernetes.MANAGER);
  }

  /** Not begun yet. */
  static <T> SharedIndexInformer<T> of(Informable<T> objects, Duration resync) {
    return objects.withLimit(PAGE).runnableInformer(resync.toMillis()).removeNamespaceIndex();
  }

  /** Whatever happens to it, it begins again by itself. */
  static void begin(SharedIndexInformer<?> informer) {
    informer
        .exceptionHandler(
            (started, thrown) -> {
              LOG.warn(
                  "watching {} is interrupted: {}",
                  informer.getApiTypeClass().getSimpleName(),
                  thrown.toString());
              return true;
            })
        .start();
  }
}
