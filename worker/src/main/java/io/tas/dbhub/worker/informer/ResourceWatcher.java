package io.tas.dbhub.worker.informer;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches Databases, DBHubInstances, Secrets and what instances own, and tells the workflows they
 * concern. Starts without Kubernetes or Temporal being there, and catches up when they are. A watch
 * that is too old is begun again with a list, and one that says nothing is asked for anew by the
 * library after five to twelve minutes; neither loses a change. Begins once: who stops watching and
 * begins again makes another.
 */
public final class ResourceWatcher implements AutoCloseable {
  /** Instead of namespaces: all of them. */
  public static final String EVERYWHERE = "*";

  private static final String BY_SECRET = "secret";

  private final KubernetesClient kubernetes;
  private final List<String> namespaces;
  private final Duration resync;
  private final Notices notices;
  private final Monitors monitors;
  private final Changes changes;
  private final Orphans orphans;
  private final List<SharedIndexInformer<?>> informers = new CopyOnWriteArrayList<>();
  private final List<SharedIndexInformer<DatabaseResource>> databases =
      new CopyOnWriteArrayList<>();
  private final List<SharedIndexInformer<Secret>> secrets = new CopyOnWriteArrayList<>();
  private final List<SharedIndexInformer<DBHubInstance>> instances = new CopyOnWriteArrayList<>();

  /**
   * @param namespaces to watch, or {@link #EVERYWHERE} alone
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
    this(
        kubernetes,
        new Temporal(temporal),
        Orphans.Running.in(temporal),
        managed,
        namespaces,
        resync,
        staleAfter);
  }

  ResourceWatcher(
      KubernetesClient kubernetes,
      Notices.Teller teller,
      Orphans.Running running,
      ManagedDatabases managed,
      List<String> namespaces,
      Duration resync,
      Duration staleAfter) {
    this.kubernetes = kubernetes;
    this.namespaces = List.copyOf(namespaces);
    this.resync = resync;
    this.notices = new Notices(teller);
    this.monitors = new Monitors(managed);
    this.changes = new Changes(new Watched(), monitors, staleAfter, Clock.systemUTC());
    this.orphans = new Orphans(this::complete, running, this::monitored, notices);
  }

  /**
   * Returns at once; the watches begin as soon as Kubernetes answers. Where this fails, nothing
   * watches.
   */
  public void start() {
    try {
      notices.start();
      for (String namespace : namespaces) {
        // Instances before databases: a database concerns the instances that are known.
        watchInstances(namespace);
        watchDatabases(namespace);
        watchSecrets(namespace);
        watchDeployments(namespace);
        watchServices(namespace);
      }
      informers.forEach(Informers::begin);
      orphans.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void watchInstances(String namespace) {
    SharedIndexInformer<DBHubInstance> informer =
        Informers.of(Informers.in(namespace, kubernetes.resources(DBHubInstance.class)), resync);
    instances.add(informer.itemStore(SlimStore.ofObjects()));
    watch(
        informer,
        new Handler<>(changes::addedOrDeleted, changes::updated, changes::addedOrDeleted));
  }

  private void watchDatabases(String namespace) {
    SharedIndexInformer<DatabaseResource> informer =
        Informers.of(Informers.in(namespace, kubernetes.resources(DatabaseResource.class)), resync);
    databases.add(
        informer
            .itemStore(SlimStore.ofObjects())
            .addIndexers(
                Map.of(
                    BY_SECRET,
                    database ->
                        SecretUse.secretOf(database).map(ResourceWatcher::key).stream().toList())));
    watch(informer, new Handler<>(changes::added, changes::updated, changes::deleted));
  }

  private void watchSecrets(String namespace) {
    SharedIndexInformer<Secret> informer =
        Informers.of(Informers.in(namespace, kubernetes.secrets()), Duration.ZERO);
    secrets.add(informer.itemStore(SlimStore.ofSecrets()));
    watch(
        informer,
        new Handler<>(
            changes::secretAdded,
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
        Informers.of(Informers.ownedIn(namespace, kubernetes.apps().deployments()), Duration.ZERO);
    informer.itemStore(SlimStore.ofObjects());
    watch(informer, new Handler<>(added -> List.of(), changes::updated, changes::ownedDeleted));
  }

  private void watchServices(String namespace) {
    SharedIndexInformer<Service> informer =
        Informers.of(Informers.ownedIn(namespace, kubernetes.services()), Duration.ZERO);
    informer.itemStore(SlimStore.ofObjects());
    watch(informer, new Handler<>(added -> List.of(), changes::updated, changes::ownedDeleted));
  }

  private <T> void watch(SharedIndexInformer<T> informer, Handler<T> handler) {
    informer.addEventHandler(handler.into(notices));
    informers.add(informer);
  }

  private static String key(ResourceRef secret) {
    return secret.namespace() + "/" + secret.name();
  }

  private boolean complete() {
    return databases.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  /** The monitors that there should be. */
  private Set<String> monitored() {
    return databases.stream()
        .flatMap(informer -> informer.getStore().list().stream())
        .map(database -> WorkflowIds.health(monitors.id(database)))
        .collect(Collectors.toSet());
  }

  private static ResourceRef ref(Secret secret) {
    return new ResourceRef(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
  }

  /** Tells nothing more from now on, however long the watches take to end. */
  @Override
  public void close() {
    notices.close();
    orphans.close();
    informers.forEach(SharedIndexInformer::stop);
  }

  /** The informers' own stores. */
  private final class Watched implements Cluster {
    @Override
    public Stream<DatabaseResource> databasesWith(ResourceRef secret) {
      String key = key(secret);
      return databases.stream()
          .flatMap(informer -> informer.getIndexer().byIndex(BY_SECRET, key).stream());
    }

    @Override
    public Optional<Secret> secret(ResourceRef secret) {
      String key = key(secret);
      return secrets.stream()
          .flatMap(informer -> Optional.ofNullable(informer.getStore().getByKey(key)).stream())
          .findFirst();
    }

    @Override
    public Stream<DBHubInstance> instances() {
      return instances.stream().flatMap(informer -> informer.getStore().list().stream());
    }
  }
}
