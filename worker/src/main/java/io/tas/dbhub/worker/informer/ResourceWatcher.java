package io.tas.dbhub.worker.informer;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches Databases, DBHubInstances, Secrets and what instances own, and tells the workflows they
 * concern. Starts without Kubernetes or Temporal being there, and catches up when they are.
 */
public final class ResourceWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceWatcher.class);

  private final KubernetesClient kubernetes;
  private final List<String> namespaces;
  private final Duration resync;
  private final Notices notices;
  private final Changes changes;
  private final List<SharedIndexInformer<?>> informers = new CopyOnWriteArrayList<>();
  private final List<SharedIndexInformer<DatabaseResource>> databases =
      new CopyOnWriteArrayList<>();
  private final List<SharedIndexInformer<DBHubInstance>> instances = new CopyOnWriteArrayList<>();

  /**
   * @param namespaces to watch
   * @param resync how often monitors that are missing are looked for
   * @param staleAfter how old a Database's status is that no monitor keeps up
   */
  public ResourceWatcher(
      KubernetesClient kubernetes,
      WorkflowClient temporal,
      ManagedDatabases managed,
      List<String> namespaces,
      Duration resync,
      Duration staleAfter) {
    this(kubernetes, new Temporal(temporal), managed, namespaces, resync, staleAfter);
  }

  ResourceWatcher(
      KubernetesClient kubernetes,
      Notices.Teller teller,
      ManagedDatabases managed,
      List<String> namespaces,
      Duration resync,
      Duration staleAfter) {
    this.kubernetes = kubernetes;
    this.namespaces = List.copyOf(namespaces);
    this.resync = resync;
    this.notices = new Notices(teller);
    this.changes = new Changes(new Watched(), new Monitors(managed), staleAfter, Clock.systemUTC());
  }

  /** Returns at once; the watches begin as soon as Kubernetes answers. */
  public void start() {
    notices.start();
    for (String namespace : namespaces) {
      // Instances before databases: a database concerns the instances that are known.
      watchInstances(namespace);
      watchDatabases(namespace);
      watchSecrets(namespace);
      watchDeployments(namespace);
      watchServices(namespace);
    }
    informers.forEach(
        informer ->
            informer
                .exceptionHandler(
                    (started, thrown) -> {
                      LOG.warn(
                          "watching {} is interrupted: {}",
                          informer.getApiTypeClass().getSimpleName(),
                          thrown.toString());
                      return true;
                    })
                .start());
  }

  private void watchInstances(String namespace) {
    SharedIndexInformer<DBHubInstance> informer =
        kubernetes
            .resources(DBHubInstance.class)
            .inNamespace(namespace)
            .runnableInformer(resync.toMillis());
    instances.add(informer);
    watch(
        informer,
        new Handler<>(changes::addedOrDeleted, changes::updated, changes::addedOrDeleted));
  }

  private void watchDatabases(String namespace) {
    SharedIndexInformer<DatabaseResource> informer =
        kubernetes
            .resources(DatabaseResource.class)
            .inNamespace(namespace)
            .runnableInformer(resync.toMillis());
    databases.add(informer);
    watch(informer, new Handler<>(changes::added, changes::updated, changes::deleted));
  }

  private void watchSecrets(String namespace) {
    SharedIndexInformer<Secret> informer =
        kubernetes.secrets().inNamespace(namespace).runnableInformer(0);
    // Keeps names and versions only: the credentials of a namespace have no business in this heap.
    informer.itemStore(
        new ReducedStateItemStore<>(
            ReducedStateItemStore.NAME_KEY_STATE,
            Secret.class,
            kubernetes.getKubernetesSerialization()));
    watch(
        informer,
        new Handler<>(
            secret -> changes.isNew(secret) ? changes.secretChanged(ref(secret)) : List.of(),
            (before, after) ->
                Objects.equals(
                        before.getMetadata().getResourceVersion(),
                        after.getMetadata().getResourceVersion())
                    ? List.of()
                    : changes.secretChanged(ref(after)),
            secret -> changes.secretChanged(ref(secret))));
  }

  private void watchDeployments(String namespace) {
    SharedIndexInformer<Deployment> informer =
        kubernetes
            .apps()
            .deployments()
            .inNamespace(namespace)
            .withLabel(Kubernetes.MANAGED_BY, Kubernetes.MANAGER)
            .runnableInformer(0);
    watch(informer, new Handler<>(added -> List.of(), changes::updated, changes::ownedDeleted));
  }

  private void watchServices(String namespace) {
    SharedIndexInformer<Service> informer =
        kubernetes
            .services()
            .inNamespace(namespace)
            .withLabel(Kubernetes.MANAGED_BY, Kubernetes.MANAGER)
            .runnableInformer(0);
    watch(informer, new Handler<>(added -> List.of(), changes::updated, changes::ownedDeleted));
  }

  private <T> void watch(SharedIndexInformer<T> informer, Handler<T> handler) {
    informer.addEventHandler(handler.into(notices));
    informers.add(informer);
  }

  private static ResourceRef ref(Secret secret) {
    return new ResourceRef(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
    notices.close();
  }

  /** The informers' own stores. */
  private final class Watched implements Cluster {
    @Override
    public Stream<DatabaseResource> databases() {
      return databases.stream().flatMap(informer -> informer.getStore().list().stream());
    }

    @Override
    public Stream<DBHubInstance> instances() {
      return instances.stream().flatMap(informer -> informer.getStore().list().stream());
    }
  }
}
