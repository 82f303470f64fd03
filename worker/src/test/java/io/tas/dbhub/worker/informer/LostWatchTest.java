package io.tas.dbhub.worker.informer;

import static io.tas.dbhub.worker.informer.WatchedObjects.NAMESPACE;
import static io.tas.dbhub.worker.informer.WatchedObjects.ago;
import static io.tas.dbhub.worker.informer.WatchedObjects.changed;
import static io.tas.dbhub.worker.informer.WatchedObjects.database;
import static io.tas.dbhub.worker.informer.WatchedObjects.secret;
import static io.tas.dbhub.worker.informer.WatchedObjects.withSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResourceStatus;
import io.tas.dbhub.worker.FakeKubernetes;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to a watch: what changed meanwhile is told. */
class LostWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Instances, Databases, Secrets, Deployments, Services. */
  private static final int KINDS = 5;

  private final FakeKubernetes kubernetes = new FakeKubernetes();
  private final KubernetesClient client = kubernetes.client();
  private final List<Notice> told = new CopyOnWriteArrayList<>();
  private final List<String> running = new CopyOnWriteArrayList<>();
  private final List<ResourceWatcher> watchers = new ArrayList<>();

  @AfterEach
  void close() {
    watchers.forEach(ResourceWatcher::close);
    client.close();
    kubernetes.close();
  }

  @Test
  void afterAnOutageTheWatchGoesOnWhereItWas() {
    DatabaseResource kept = given(withSecret("kept"));
    watch(NAMESPACE);
    expect(Notice.ConnectionNew.class, "kept");

    kubernetes.goAway();
    kubernetes.put(database(NAMESPACE, "made"));
    kubernetes.put(changed(kept));
    kubernetes.comeBack();
    expect(Notice.ConnectionNew.class, "made");
    expect(Notice.ConnectionChanged.class, "kept");
  }

  @Test
  void aWatchThatIsTooOldBeginsAgainAndMissesNothing() {
    DatabaseResource changed = given(database(NAMESPACE, "changed"));
    DatabaseResource deleted = given(database(NAMESPACE, "deleted"));
    DatabaseResource replaced = given(database(NAMESPACE, "replaced"));
    given(withSecret("rotated"));
    kubernetes.put(secret("rotated-creds", "1"));
    watch(NAMESPACE);
    for (String name : List.of("changed", "deleted", "replaced", "rotated")) {
      expect(Notice.ConnectionNew.class, name);
    }

    kubernetes.goAway();
    kubernetes.put(changed(changed));
    kubernetes.delete(deleted);
    kubernetes.delete(replaced);
    DatabaseResource again = database(NAMESPACE, "replaced");
    again.getMetadata().setUid("replaced-again");
    kubernetes.put(again);
    kubernetes.put(secret("rotated-creds", "2"));
    kubernetes.put(database(NAMESPACE, "made"));
    kubernetes.compact();
    kubernetes.comeBack();

    expect(Notice.ConnectionChanged.class, "changed");
    expect(Notice.ConnectionGone.class, "deleted");
    expect(Notice.ConnectionGone.class, "replaced");
    expect(Notice.ConnectionChanged.class, "replaced-again");
    expect(Notice.ConnectionChanged.class, "rotated");
    expect(Notice.ConnectionNew.class, "made");
    assertThat(told).as("told once, and of nothing else").isEmpty();
  }

  /** The library asks anew by itself every five to ten minutes, for which it has no setting. */
  @Test
  void aWatchThatHangsIsGivenUpForANewOne() throws Exception {
    Field minimum =
        Class.forName("io.fabric8.kubernetes.client.informers.impl.cache.Reflector")
            .getDeclaredField("MIN_TIMEOUT");
    minimum.setAccessible(true);
    long usual = minimum.getLong(null);
    try {
      minimum.setLong(null, 1);
      DatabaseResource kept = given(database(NAMESPACE, "kept"));
      watch(NAMESPACE);
      expect(Notice.ConnectionNew.class, "kept");

      kubernetes.hangWatches();
      kubernetes.put(changed(kept));
      kubernetes.put(database(NAMESPACE, "made"));
      expect(Notice.ConnectionChanged.class, "kept");
      expect(Notice.ConnectionNew.class, "made");
    } finally {
      minimum.setLong(null, usual);
    }
    assertThat(usual).as("seconds after which a watch is asked for anew").isBetween(60L, 600L);
  }

  @Test
  void whoTakesOverFindsWhatHappenedWhileNobodyWatched() {
    DatabaseResource settled = given(withSecret("settled"));
    watch(NAMESPACE).close();
    told.clear();
    settled.setStatus(
        Serialization.unmarshal(
            "{\"phase\":\"Connected\",\"observedGeneration\":1}", DatabaseResourceStatus.class));
    kubernetes.put(settled);
    Secret rotated = secret("settled-creds", "2");
    rotated
        .getMetadata()
        .setManagedFields(
            List.of(new ManagedFieldsEntryBuilder().withTime(ago(Duration.ofSeconds(10))).build()));
    kubernetes.put(rotated);
    kubernetes.put(database(NAMESPACE, "made"));

    watch(NAMESPACE);
    expect(Notice.ConnectionNew.class, "made");
    expect(Notice.ConnectionChanged.class, "settled");
  }

  @Test
  void aMonitorWhoseDatabaseWentWhileNobodyWatchedIsToldToLook() {
    given(database(NAMESPACE, "kept"));
    running.addAll(List.of("health-kept", "health-gone"));
    watch(NAMESPACE);

    expect(Notice.ConnectionMissing.class, "gone");
    expect(Notice.ConnectionNew.class, "kept");
    assertThat(told).isEmpty();
  }

  @Test
  void whoHasStoppedTellsNothingMore() {
    given(database(NAMESPACE, "kept"));
    ResourceWatcher stopped = watch(NAMESPACE);
    expect(Notice.ConnectionNew.class, "kept");
    await().atMost(PATIENCE).until(() -> kubernetes.openWatches() == KINDS);
    stopped.close();
    kubernetes.put(database(NAMESPACE, "made"));

    watch(NAMESPACE);
    expect(Notice.ConnectionNew.class, "made");
    expect(Notice.ConnectionNew.class, "kept");
    assertThat(told).as("told by the second alone").isEmpty();
  }

  @Test
  void allNamespacesAreWatchedWhereThatIsWanted() {
    given(database("one", "a"));
    watch(ResourceWatcher.EVERYWHERE);
    expect(Notice.ConnectionNew.class, "a");
    given(database("two", "b"));
    expect(Notice.ConnectionNew.class, "b");
  }

  private DatabaseResource given(DatabaseResource database) {
    kubernetes.put(database);
    return database;
  }

  private ResourceWatcher watch(String namespace) {
    ResourceWatcher watcher =
        new ResourceWatcher(
            client,
            told::add,
            () -> List.copyOf(running),
            new ManagedDatabases(NAMESPACE),
            List.of(namespace),
            Duration.ofMinutes(10),
            Duration.ofHours(1));
    watchers.add(watcher);
    watcher.start();
    return watcher;
  }

  private void expect(Class<? extends Notice> kind, String monitor) {
    Optional<Notice> found =
        await("%s of %s".formatted(kind.getSimpleName(), monitor))
            .atMost(PATIENCE)
            .until(
                () ->
                    told.stream()
                        .filter(kind::isInstance)
                        .filter(notice -> notice.workflowId().equals("health-" + monitor))
                        .findFirst(),
                Optional::isPresent);
    told.remove(found.orElseThrow());
  }
}
