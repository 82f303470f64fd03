package io.tas.dbhub.worker.informer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.crd.CredentialsRef;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResourceStatus;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseSpec;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.names.Reasons;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";
  private static final Duration STALE = Duration.ofHours(1);
  private static final Map<String, String> MANAGED =
      Map.of(
          Kubernetes.MANAGED_BY,
          Kubernetes.MANAGER,
          Kubernetes.DATABASE_ID,
          ID,
          Kubernetes.TENANT,
          "t",
          Kubernetes.SPACE,
          "s");
  private static final Notice MAIN = new Notice.InstanceChanged(new ResourceRef("ns", "main"));

  private final List<Secret> secrets = new ArrayList<>();
  private final List<DatabaseResource> databases = new ArrayList<>();
  private final List<DBHubInstance> instances = new ArrayList<>();
  private final MovedClock clock = new MovedClock();
  private final Changes changes =
      new Changes(
          new Cluster() {
            @Override
            public Stream<DatabaseResource> databasesWith(ResourceRef secret) {
              return databases.stream()
                  .filter(database -> SecretUse.secretOf(database).equals(Optional.of(secret)));
            }

            @Override
            public Optional<Secret> secret(ResourceRef secret) {
              return secrets.stream()
                  .filter(known -> known.getMetadata().getName().equals(secret.name()))
                  .findFirst();
            }

            @Override
            public Stream<DBHubInstance> instances() {
              return instances.stream();
            }
          },
          new Monitors(new ManagedDatabases("ns")),
          STALE,
          clock);

  @Test
  void aDatabaseMadeByHandGetsAMonitorAtOnce() {
    assertThat(changes.added(database(Map.of(), Duration.ZERO)))
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.ConnectionNew.class,
            notice -> {
              assertThat(notice.monitorId()).isEqualTo("uid");
              assertThat(notice.request().database()).isNull();
              assertThat(notice.request().resource())
                  .isEqualTo(new ResourceRef("ns", "db-01234567"));
            });
  }

  @Test
  void theMonitorOfAProvisionedDatabaseIsLeftToItsWorkflowAtFirst() {
    DatabaseResource fresh = database(MANAGED, Duration.ZERO);
    DatabaseResource old = database(MANAGED, Duration.ofMinutes(5));

    assertThat(changes.added(fresh)).isEmpty();
    assertThat(changes.updated(fresh, fresh)).isEmpty();
    assertThat(changes.updated(old, old))
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.ConnectionChanged.class,
            notice -> {
              assertThat(notice.workflowId()).isEqualTo("health-" + ID);
              assertThat(notice.request().database()).isNotNull();
            });
  }

  @Test
  void afterARestartADatabaseThatDidNotChangeIsNotProbedAgain() {
    DatabaseResource known = probed(database(MANAGED, Duration.ofDays(1)), 1L);
    DatabaseResource changed = probed(database(MANAGED, Duration.ofDays(1)), 0L);

    assertThat(changes.added(known)).singleElement().isInstanceOf(Notice.ConnectionSeen.class);
    assertThat(changes.added(changed)).singleElement().isInstanceOf(Notice.ConnectionChanged.class);
  }

  @Test
  void aStatusConcernsNobody() {
    instances.add(instance("main", ""));
    DatabaseResource before = database(MANAGED, Duration.ofDays(1));
    DatabaseResource after = probed(database(MANAGED, Duration.ofDays(1)), 1L);
    after.getMetadata().setResourceVersion("2");

    assertThat(changes.updated(before, after)).isEmpty();
  }

  @Test
  void aNewGenerationConcernsMonitorAndInstances() {
    instances.add(instance("main", ""));
    instances.add(instance("other", "databaseSelector: {matchNames: [unknown]}"));
    DatabaseResource after = database(MANAGED, Duration.ofDays(1));
    after.getMetadata().setResourceVersion("2");
    after.getMetadata().setGeneration(2L);

    assertThat(changes.updated(database(MANAGED, Duration.ofDays(1)), after))
        .contains(MAIN)
        .hasAtLeastOneElementOfType(Notice.ConnectionChanged.class)
        .noneMatch(notice -> notice.workflowId().endsWith("other"));
  }

  @Test
  void aLabelTakenAwayConcernsTheInstanceThatSelectedIt() {
    instances.add(instance("main", "databaseSelector: {matchLabels: {tas.io/tenant: t}}"));
    DatabaseResource after = database(Map.of(), Duration.ofDays(1));
    after.getMetadata().setResourceVersion("2");

    assertThat(changes.updated(database(MANAGED, Duration.ofDays(1)), after)).contains(MAIN);
  }

  @Test
  void aDeletedDatabaseMadeByHandEndsItsMonitorAndLeavesItsInstances() {
    instances.add(instance("main", ""));

    assertThat(changes.deleted(database(Map.of(), Duration.ofDays(1))))
        .containsExactlyInAnyOrder(MAIN, new Notice.ConnectionGone("uid"));
  }

  @Test
  void theMonitorOfADeletedManagedDatabaseLooksForItselfAndSaysSo() {
    instances.add(instance("main", ""));

    assertThat(changes.deleted(database(MANAGED, Duration.ofDays(1))))
        .containsExactlyInAnyOrder(MAIN, new Notice.ConnectionMissing(ID));
  }

  @Test
  void aCopyNeverSpeaksForTheOriginal() {
    DatabaseResource renamed = database(MANAGED, Duration.ofDays(1));
    renamed.getMetadata().setName("copy");
    DatabaseResource elsewhere = database(MANAGED, Duration.ofDays(1));
    elsewhere.getMetadata().setNamespace("other");
    Map<String, String> foreign = new HashMap<>(MANAGED);
    foreign.put(Kubernetes.MANAGED_BY, "somebody");

    for (DatabaseResource copy :
        List.of(renamed, elsewhere, database(foreign, Duration.ofDays(1)))) {
      assertThat(changes.deleted(copy)).containsExactly(new Notice.ConnectionGone("uid"));
      assertThat(changes.added(copy))
          .singleElement()
          .isInstanceOfSatisfying(
              Notice.ConnectionNew.class,
              notice -> assertThat(notice.request().database()).isNull());
    }
  }

  @Test
  void labelsThatChangeWhoseItIsConcernTheMonitorOfBefore() {
    DatabaseResource after = database(Map.of(), Duration.ofDays(1));
    after.getMetadata().setResourceVersion("2");

    assertThat(changes.updated(database(MANAGED, Duration.ofDays(1)), after))
        .contains(new Notice.ConnectionMissing(ID))
        .anyMatch(notice -> notice.workflowId().equals("health-uid"));
  }

  @Test
  void aMonitorThatEndedIsStartedAgainOnceItsStatusIsOld() {
    DatabaseResource kept = probed(database(MANAGED, Duration.ofDays(1)), 1L, STALE);
    DatabaseResource old =
        probed(database(MANAGED, Duration.ofDays(1)), 1L, STALE.plus(Duration.ofSeconds(1)));

    assertThat(changes.updated(kept, kept)).isEmpty();
    assertThat(changes.updated(old, old)).singleElement().isInstanceOf(Notice.ConnectionSeen.class);
  }

  @Test
  void everyResyncMakesSureThatAnInstanceIsLookedAfter() {
    DBHubInstance instance = instance("main", "");

    assertThat(changes.updated(instance, instance))
        .containsExactly(new Notice.InstanceSeen(instance.ref()));
  }

  @Test
  void aSecretConcernsTheDatabasesThatReferToItAndTheirInstances() {
    instances.add(instance("main", ""));
    databases.add(database(MANAGED, Duration.ofDays(1)));

    assertThat(changes.secretChanged(new ResourceRef("ns", "creds")))
        .contains(MAIN)
        .hasAtLeastOneElementOfType(Notice.ConnectionChanged.class);
    assertThat(changes.secretChanged(new ResourceRef("ns", "other"))).isEmpty();
    assertThat(changes.secretChanged(new ResourceRef("elsewhere", "creds"))).isEmpty();
  }

  @Test
  void aSecretThatWasThereBeforeIsNoNews() {
    assertThat(changes.isNew(secret(Duration.ZERO))).isTrue();
    assertThat(changes.isNew(secret(Duration.ofMinutes(5)))).isFalse();
  }

  @Test
  void aSecretMadeWhileTheWatchWasLostConcernsThoseWhoWaitForIt() {
    DatabaseResource waiting = waiting(database(Map.of(), Duration.ofDays(1)));
    databases.add(waiting);
    clock.set(NOW.plus(Duration.ofMinutes(20)));
    Secret madeMeanwhile = named(secret(Duration.ofMinutes(-10)));

    assertThat(changes.secretAdded(madeMeanwhile))
        .singleElement()
        .isInstanceOf(Notice.ConnectionChanged.class);

    databases.set(0, probed(database(Map.of(), Duration.ofDays(1)), 1L));
    assertThat(changes.secretAdded(madeMeanwhile)).as("nobody waits for it").isEmpty();
    databases.set(0, waiting);
    assertThat(changes.secretAdded(named(secret(Duration.ofDays(1)))))
        .as("there before this process")
        .isEmpty();
  }

  @Test
  void afterARestartADatabaseThatWaitsForItsSecretIsProbedAtOnce() {
    assertThat(changes.added(waiting(database(Map.of(), Duration.ofDays(1)))))
        .singleElement()
        .isInstanceOf(Notice.ConnectionChanged.class);
  }

  @Test
  void aSecretOfAnotherNamespaceConcernsTheDatabasesThatReferToItThere() {
    DatabaseResource database = database(Map.of(), Duration.ofDays(1));
    DatabaseSpec spec = database.getSpec();
    database.setSpec(
        new DatabaseSpec(
            spec.type(),
            spec.host(),
            spec.port(),
            spec.database(),
            new CredentialsRef("creds", "vault", "username", "password"),
            spec.sslMode(),
            spec.readOnly(),
            spec.maxRows(),
            spec.connectionTimeout(),
            spec.queryTimeout(),
            spec.description(),
            spec.active()));
    databases.add(database);

    assertThat(changes.secretChanged(new ResourceRef("vault", "creds")))
        .as("also when only its annotation changed")
        .singleElement()
        .isInstanceOf(Notice.ConnectionChanged.class);
    assertThat(changes.secretChanged(new ResourceRef("ns", "creds"))).isEmpty();
  }

  @Test
  void aLabelThatAsksForAPlaceInTheInventoryConcernsTheMonitor() {
    DatabaseResource before = database(Map.of(), Duration.ofDays(1));
    DatabaseResource after =
        database(Map.of(Kubernetes.TENANT, "t", Kubernetes.SPACE, "s"), Duration.ofDays(1));
    after.getMetadata().setResourceVersion("2");

    assertThat(changes.updated(before, after))
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.ConnectionChanged.class,
            notice -> {
              assertThat(notice.monitorId()).isEqualTo("uid");
              assertThat(notice.request().database()).as("its node follows it").isNull();
            });
  }

  @Test
  void aSecretThatChangedWhileMaybeNobodyWatchedIsNews() {
    Secret rotated = secret(Duration.ofDays(1));
    rotated
        .getMetadata()
        .setManagedFields(List.of(written(Duration.ofDays(1)), written(Duration.ofSeconds(20))));
    Secret settled = secret(Duration.ofDays(1));
    settled.getMetadata().setManagedFields(List.of(written(Duration.ofMinutes(5))));

    assertThat(changes.isNew(rotated)).isTrue();
    assertThat(changes.isNew(settled)).isFalse();
  }

  @Test
  void aDatabaseIsToldOfItsNewSecretWhicheverIsReadFirst() {
    DatabaseResource settled = probed(database(MANAGED, Duration.ofDays(1)), 1L);
    Secret known = secret(Duration.ofDays(1));
    known.getMetadata().setName(SecretUse.secretOf(settled).orElseThrow().name());
    secrets.add(known);
    assertThat(changes.added(settled)).singleElement().isInstanceOf(Notice.ConnectionSeen.class);

    known.getMetadata().setManagedFields(List.of(written(Duration.ofSeconds(20))));
    assertThat(changes.added(settled)).singleElement().isInstanceOf(Notice.ConnectionChanged.class);
  }

  @Test
  void theStatusOfAnInstanceConcernsNobodyAndItsSpecDoes() {
    DBHubInstance before = instance("main", "");
    DBHubInstance status = instance("main", "");
    status.getMetadata().setResourceVersion("2");
    DBHubInstance spec = instance("main", "replicas: 3");
    spec.getMetadata().setGeneration(2L);
    spec.getMetadata().setResourceVersion("3");

    assertThat(changes.updated(before, status)).isEmpty();
    assertThat(changes.updated(before, spec)).containsExactly(MAIN);
  }

  @Test
  void aRolloutConcernsTheInstanceThatOwnsIt() {
    assertThat(changes.updated(deployment(0), deployment(1))).containsExactly(MAIN);
    assertThat(changes.updated(deployment(1), deployment(1))).isEmpty();
    assertThat(changes.ownedDeleted(deployment(1))).containsExactly(MAIN);
  }

  private static DatabaseResource database(Map<String, String> labels, Duration age) {
    DatabaseResource database =
        Serialization.unmarshal(
            "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: Database, metadata: {name: db-01234567,"
                + " namespace: ns, uid: uid, generation: 1, resourceVersion: '1'}, spec: {type:"
                + " postgres, host: h, port: 1, database: d, credentialsRef: {name: creds}}}",
            DatabaseResource.class);
    database.getMetadata().setLabels(labels);
    database.getMetadata().setCreationTimestamp(NOW.minus(age).toString());
    return database;
  }

  private static DatabaseResource probed(DatabaseResource database, long generation) {
    return probed(database, generation, Duration.ZERO);
  }

  private static DatabaseResource probed(DatabaseResource database, long generation, Duration ago) {
    database.setStatus(
        new DatabaseResourceStatus(
            DatabaseStatus.CONNECTED, null, null, NOW.minus(ago).toString(), generation, null));
    return database;
  }

  private static DatabaseResource waiting(DatabaseResource database) {
    database.setStatus(
        new DatabaseResourceStatus(
            DatabaseStatus.FAILED,
            "no Secret",
            null,
            NOW.toString(),
            1L,
            List.of(
                new ConditionBuilder()
                    .withType("Ready")
                    .withStatus("False")
                    .withReason(Reasons.SECRET_NOT_FOUND)
                    .build())));
    return database;
  }

  private static Secret named(Secret secret) {
    secret.getMetadata().setNamespace("ns");
    secret.getMetadata().setName("creds");
    return secret;
  }

  /** Stands still unless it is moved. */
  private static final class MovedClock extends Clock {
    private Instant now = NOW;

    void set(Instant time) {
      now = time;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static DBHubInstance instance(String name, String spec) {
    return Serialization.unmarshal(
        "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: DBHubInstance, metadata: {name: "
            + name
            + ", namespace: ns, generation: 1, resourceVersion: '1'}, spec: {"
            + spec
            + "}}",
        DBHubInstance.class);
  }

  private static Deployment deployment(int available) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("main")
        .withNamespace("ns")
        .withLabels(Map.of(Kubernetes.INSTANCE, "main"))
        .withGeneration(1L)
        .endMetadata()
        .withNewStatus()
        .withAvailableReplicas(available)
        .endStatus()
        .build();
  }

  private static ManagedFieldsEntry written(Duration ago) {
    return new ManagedFieldsEntryBuilder().withTime(NOW.minus(ago).toString()).build();
  }

  private static Secret secret(Duration age) {
    return new SecretBuilder()
        .withNewMetadata()
        .withCreationTimestamp(NOW.minus(age).toString())
        .endMetadata()
        .build();
  }
}
