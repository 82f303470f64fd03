package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.instance.InstanceSettings;
import io.tas.dbhub.activities.kubernetes.instance.KubernetesInstanceResources;
import io.tas.dbhub.core.adoption.AdoptionResult;
import io.tas.dbhub.core.adoption.ManifestReading;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.ResourceStatus;
import io.tas.dbhub.core.instance.AppliedInstance;
import io.tas.dbhub.core.instance.ObserveInstance;
import io.tas.dbhub.core.instance.ObservedInstance;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.provision.ConnectionResources;
import io.tas.dbhub.core.provision.CreateDatabaseResource;
import io.tas.dbhub.core.provision.CreateSecret;
import io.tas.dbhub.core.repair.InspectedConnection;
import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.core.update.ApplyDatabaseResource;
import io.tas.dbhub.core.update.SealCredentials;
import io.tas.dbhub.core.update.SwitchCredentials;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real API server with the deployment and garbage-collector controllers, where one is
 * given with {@code -Dkubernetes.kubeconfig=…}; the in-memory server knows no server-side apply.
 */
@EnabledIfSystemProperty(named = "kubernetes.kubeconfig", matches = ".+")
class RealKubernetesTest {
  private static final Path CRDS = Path.of("..", "deploy", "k8s", "crds");

  @TempDir Path keys;

  private KubernetesClient kubernetes;
  private KubernetesClient worker;
  private String namespace;
  private KubernetesInstanceResources instances;

  @BeforeEach
  void connect() throws Exception {
    kubernetes =
        KubernetesClients.fromKubeconfig(Path.of(System.getProperty("kubernetes.kubeconfig")));
    for (String crd : new String[] {"databases", "dbhubinstances"}) {
      kubernetes
          .load(CRDS.resolve(crd + ".dbhub.tas.io.yaml").toUri().toURL().openStream())
          .forceConflicts()
          .serverSideApply();
    }
    namespace = "test-" + UUID.randomUUID();
    kubernetes
        .namespaces()
        .resource(
            Serialization.unmarshal(
                "---\n{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}",
                io.fabric8.kubernetes.api.model.Namespace.class))
        .create();
    KeyRing.generate(keys);
    worker = asWorker();
    instances =
        new KubernetesInstanceResources(
            worker,
            new ManagedDatabases(namespace),
            KeyRing.load(keys),
            new InstanceSettings(
                InstanceSettings.PINNED_IMAGE,
                Optional.empty(),
                false,
                ProbeSettings.defaults().writtenHosts()));
  }

  /**
   * What is applied is applied with the rights that the worker has in production, and no others.
   */
  private KubernetesClient asWorker() throws Exception {
    String rights =
        Files.readString(Path.of("..", "deploy", "k8s", "rbac-worker.yaml"))
            .replace("tas-mcp-servers", namespace);
    kubernetes
        .load(new ByteArrayInputStream(rights.getBytes(StandardCharsets.UTF_8)))
        .serverSideApply();
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(kubernetes.getConfiguration())
                .withImpersonateUsername("system:serviceaccount:" + namespace + ":dbhub-worker")
                .build())
        .build();
  }

  @AfterEach
  void tidy() {
    kubernetes.namespaces().withName(namespace).delete();
    worker.close();
    kubernetes.close();
  }

  @Test
  void anInstanceIsAppliedOnceAndAppliedAgainChangesNothing() {
    createSecret("creds", "hunter2");
    createDatabase("shop", "creds");
    createDatabase("broken", "nowhere");
    createInstance("main");

    AppliedInstance applied = instances.apply(ref("main"));

    assertThat(applied.gone()).isFalse();
    assertThat(applied.sources()).extracting(Source::sourceId).containsExactly("shop");
    assertThat(applied.problems()).containsExactly("broken: the Secret nowhere does not exist.");
    String versions = versions("main");
    assertThat(instances.apply(ref("main"))).isEqualTo(applied);
    assertThat(versions("main")).isEqualTo(versions);

    ObservedInstance observed = instances.observe(ObserveInstance.of(applied));
    assertThat(observed.rolledOut()).isFalse();
    assertThat(observed.endpoint())
        .isEqualTo("http://main." + namespace + ".svc.cluster.local:8080");
    DBHubInstance status = instance("main");
    assertThat(status.getStatus().connectedDatabases()).containsExactly("shop");
    assertThat(status.getStatus().databaseCount()).isEqualTo(1);
    instances.observe(ObserveInstance.of(applied));
    assertThat(instance("main").getMetadata().getResourceVersion())
        .isEqualTo(status.getMetadata().getResourceVersion());
  }

  /** The default; clients send the instance's token to its endpoint. */
  @Test
  void whoAnnotatesAServiceDoesNotDecideWhereClientsGo() {
    createSecret("creds", "hunter2");
    createDatabase("shop", "creds");
    createInstance("main");
    AppliedInstance applied = instances.apply(ref("main"));
    kubernetes
        .services()
        .inNamespace(namespace)
        .withName("main")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\""
                + Kubernetes.EXTERNAL_ENDPOINT
                + "\":\"http://elsewhere.example/\"}}}");

    assertThat(instances.observe(ObserveInstance.of(applied)).endpoint())
        .isEqualTo("http://main." + namespace + ".svc.cluster.local:8080");
    assertThat(instances.apply(ref("main"))).isEqualTo(applied);
    assertThat(deployment("main").getMetadata().getGeneration())
        .as("nor which names DBHub answers to")
        .isEqualTo(1);
  }

  @Test
  void aRotatedPasswordRollsThePods() {
    createSecret("creds", "hunter2");
    createDatabase("shop", "creds");
    createInstance("main");
    instances.apply(ref("main"));
    long before = deployment("main").getMetadata().getGeneration();

    kubernetes.secrets().inNamespace(namespace).withName("creds").delete();
    createSecret("creds", "hunter3");
    instances.apply(ref("main"));

    assertThat(deployment("main").getMetadata().getGeneration()).isEqualTo(before + 1);
  }

  @Test
  void aChangeByHandIsRepairedAndAForeignFieldIsLeftAlone() {
    createInstance("main");
    AppliedInstance applied = instances.apply(ref("main"));
    kubernetes
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName("main")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"mine\":\"stays\"}},\"spec\":{\"replicas\":7}}");

    assertThat(instances.apply(ref("main"))).isEqualTo(applied);
    assertThat(deployment("main").getSpec().getReplicas()).isEqualTo(1);
    assertThat(deployment("main").getMetadata().getAnnotations()).containsEntry("mine", "stays");
  }

  @Test
  void whatAnInstanceMadeGoesWithIt() {
    createInstance("main");
    instances.apply(ref("main"));
    kubernetes.resources(DBHubInstance.class).inNamespace(namespace).withName("main").delete();

    assertThat(instances.apply(ref("main")).gone()).isTrue();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                kubernetes.apps().deployments().inNamespace(namespace).list().getItems().isEmpty()
                    && kubernetes
                            .secrets()
                            .inNamespace(namespace)
                            .withName("main-credentials")
                            .get()
                        == null);
  }

  @Test
  void whatTheOperatorBeforeMadeForAnInstanceIsTakenOver() {
    createInstance("main");
    Map<String, String> labels =
        Map.of("app.kubernetes.io/name", "dbhub", "app.kubernetes.io/instance", "main");
    kubernetes
        .secrets()
        .inNamespace(namespace)
        .resource(
            new SecretBuilder()
                .withMetadata(owned("main-creds", labels))
                .withStringData(Map.of("SHOP_DSN", "postgres://app:hunter2@h:5432/d"))
                .build())
        .create();
    kubernetes
        .apps()
        .deployments()
        .inNamespace(namespace)
        .resource(
            new DeploymentBuilder()
                .withMetadata(owned("main", labels))
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("dbhub")
                .withImage("bytebase/dbhub:latest")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();

    // Where it is just going away, Temporal repeats the step.
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(ApplicationFailure.class)
        .until(() -> !instances.apply(ref("main")).gone());

    assertThat(deployment("main").getSpec().getSelector().getMatchLabels())
        .containsEntry(Kubernetes.INSTANCE, "main")
        .doesNotContainKey("app.kubernetes.io/name");
    assertThat(kubernetes.secrets().inNamespace(namespace).withName("main-creds").get()).isNull();
    String versions = versions("main");
    instances.apply(ref("main"));
    assertThat(versions("main")).isEqualTo(versions);
  }

  private ObjectMeta owned(String name, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withLabels(labels)
        .addNewOwnerReference()
        .withApiVersion("dbhub.tas.io/v1alpha1")
        .withKind("DBHubInstance")
        .withName("main")
        .withUid(instance("main").getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .build();
  }

  @Test
  void aConnectionIsMadeProbedAndTakenAway() throws Exception {
    String id = UUID.randomUUID().toString();
    DatabaseDefinition definition =
        new DatabaseDefinition(
            id,
            new Scope("acme", "sales"),
            "somebody",
            "Sales",
            new Target(DatabaseType.SQLITE, "", 0, "sales.db", SslMode.DISABLE, 30, 15),
            new AccessPolicy(true, 1000),
            Map.of(),
            "",
            "",
            true);
    CredentialSealer sealer = KeyRing.load(keys).sealer();
    TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    try {
      temporal.registerActivitiesImplementations(
          new KubernetesConnectionResources(worker, sealer, namespace));
      ConnectionResources connections = temporal.newActivityStub(ConnectionResources.class);
      ResourceRef secret =
          connections.createSecret(
              new CreateSecret(definition.ref(), sealer.seal(new Credentials("", ""), "acme", id)));
      ResourceRef resource =
          connections.createDatabaseResource(new CreateDatabaseResource(definition, secret));
      temporal
          .newActivityStub(ResourceStatus.class)
          .writeResourceStatus(
              new HealthReport(
                  resource, definition.ref(), DatabaseStatus.FAILED, "no file", 1, Instant.EPOCH));

      DatabaseResource made =
          kubernetes
              .resources(DatabaseResource.class)
              .inNamespace(namespace)
              .withName(resource.name())
              .require();
      assertThat(made.getStatus().phase()).isEqualTo(DatabaseStatus.FAILED);
      assertThat(made.getMetadata().getGeneration()).isEqualTo(1);
      ConnectionReader reader = new ConnectionReader(worker, new ManagedDatabases(namespace));
      assertThat(reader.read(resource)).isInstanceOf(Connection.Found.class);

      KubernetesConnectionChanges changes =
          new KubernetesConnectionChanges(worker, sealer, namespace);
      change(changes, definition, secret, resource);
      changes.switchCredentials(
          new SwitchCredentials(
              definition.ref(),
              secret,
              sealer.seal(new CredentialChange(null, "hunter3"), "acme", id),
              "r1"));
      assertThat(
              sealer
                  .open(
                      changes.sealCredentials(new SealCredentials(definition.ref(), secret)),
                      "acme",
                      id)
                  .password())
          .isEqualTo("hunter3");

      connections.deleteDatabaseResource(definition.ref());
      connections.deleteSecret(definition.ref());
      connections.deleteSecret(definition.ref());
      assertThat(reader.read(resource)).isInstanceOf(Connection.Gone.class);
      assertThat(kubernetes.secrets().inNamespace(namespace).withName(secret.name()).get())
          .isNull();
    } finally {
      temporal.close();
    }
  }

  @Test
  void aManifestIsAdoptedOnceItsNamespaceAllowsTheTenant() {
    createDatabase("shop", "creds");
    label("shop", "{\"tas.io/tenant\":\"acme\",\"tas.io/space\":\"sales\"}");
    KubernetesManifests manifests =
        new KubernetesManifests(worker, new ManagedDatabases(namespace));

    assertThat(manifests.readManifest(ref("shop")).refusal())
        .extracting(AdoptionResult::reason)
        .isEqualTo("TenantNotAllowed");
    kubernetes
        .namespaces()
        .withName(namespace)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"dbhub.tas.io/tenants\":\"acme\"}}}");

    assertThat(manifests.readManifest(ref("shop")).wanted())
        .isNotNull()
        .satisfies(
            wanted -> {
              assertThat(wanted.definition().name()).isEqualTo("shop");
              assertThat(wanted.secret()).isEqualTo(ref("creds"));
            });
    assertThat(manifests.readManifest(ref("nowhere"))).isEqualTo(new ManifestReading(null, null));
    assertThat(
            new ClaimedDatabases(worker, new ManagedDatabases(namespace)).list(namespace, () -> {}))
        .hasValueSatisfying(found -> assertThat(found).containsOnlyKeys(ref("shop")));
    assertThat(
            new ClaimedDatabases(worker, new ManagedDatabases(namespace)).list("default", () -> {}))
        .as("not the worker's to read")
        .isEmpty();
    assertThat(manifests.readManifest(ref("shop")).toString()).doesNotContain("hunter2");
  }

  @Test
  void whatHappensToAnObjectIsToldWhereKubectlDescribeLooksForIt() throws Exception {
    createDatabase("shop", "nowhere");
    TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    try {
      temporal.registerActivitiesImplementations(
          new KubernetesConnectionResources(worker, KeyRing.load(keys).sealer(), namespace));
      ResourceStatus statuses = temporal.newActivityStub(ResourceStatus.class);
      for (int attempt = 0; attempt < 2; attempt++) {
        statuses.writeResourceStatus(
            new HealthReport(
                ref("shop"),
                null,
                DatabaseStatus.FAILED,
                "configuration: the Secret nowhere does not exist.",
                1,
                Instant.EPOCH,
                null,
                "SecretNotFound",
                null,
                null));
      }
    } finally {
      temporal.close();
    }

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> events("Database", "shop"), events -> !events.isEmpty());
    assertThat(events("Database", "shop"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getReason()).isEqualTo("SecretNotFound");
              assertThat(event.getMessage()).contains("nowhere");
              assertThat(event.getInvolvedObject().getUid()).isNotEmpty();
            });
  }

  /** As kubectl describe asks for them. */
  private List<Event> events(String kind, String name) {
    return kubernetes
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("involvedObject.kind", kind)
        .withField("involvedObject.name", name)
        .list()
        .getItems();
  }

  private void label(String name, String labels) {
    kubernetes
        .resources(DatabaseResource.class)
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":" + labels + "}}");
  }

  /** As somebody else writes on the resource too. */
  private void change(
      KubernetesConnectionChanges changes,
      DatabaseDefinition before,
      ResourceRef secret,
      ResourceRef resource) {
    DatabaseDefinition labelled = labelled(before, Map.of("team", "blue", "stage", "test"));
    DatabaseDefinition after = labelled(before, Map.of("stage", "live"));
    changes.applyDatabaseResource(new ApplyDatabaseResource(labelled, resource, secret));
    kubernetes
        .resources(DatabaseResource.class)
        .inNamespace(namespace)
        .withName(resource.name())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"foreign\":\"stays\"}},\"spec\":{\"maxRows\":7}}");

    changes.applyDatabaseResource(new ApplyDatabaseResource(after, resource, secret));

    DatabaseResource applied =
        kubernetes
            .resources(DatabaseResource.class)
            .inNamespace(namespace)
            .withName(resource.name())
            .require();
    assertThat(applied.getMetadata().getLabels())
        .containsEntry("stage", "live")
        .containsEntry("foreign", "stays")
        .doesNotContainKey("team");
    assertThat(changes.inspect(before.ref()))
        .isEqualTo(new InspectedConnection(secret, resource, after));
  }

  private static DatabaseDefinition labelled(DatabaseDefinition of, Map<String, String> labels) {
    return new DatabaseDefinition(
        of.id(),
        of.scope(),
        of.ownerId(),
        of.name(),
        of.target(),
        of.policy(),
        labels,
        of.description(),
        of.color(),
        of.active());
  }

  private void createSecret(String name, String password) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withStringData(Map.of("username", "app", "password", password))
            .build();
    kubernetes.secrets().inNamespace(namespace).resource(secret).create();
  }

  private void createDatabase(String name, String secret) {
    DatabaseResource database =
        Serialization.unmarshal(
            "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: Database, metadata: {name: "
                + name
                + "}, spec: {type: postgres, host: h, port: 5432, database: d,"
                + " credentialsRef: {name: "
                + secret
                + "}}}",
            DatabaseResource.class);
    kubernetes.resource(database).inNamespace(namespace).create();
  }

  private void createInstance(String name) {
    DBHubInstance instance =
        Serialization.unmarshal(
            "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: DBHubInstance, metadata: {name: "
                + name
                + "}, spec: {}}",
            DBHubInstance.class);
    kubernetes.resource(instance).inNamespace(namespace).create();
  }

  private ResourceRef ref(String name) {
    return new ResourceRef(namespace, name);
  }

  private DBHubInstance instance(String name) {
    return kubernetes
        .resources(DBHubInstance.class)
        .inNamespace(namespace)
        .withName(name)
        .require();
  }

  private Deployment deployment(String name) {
    return kubernetes.apps().deployments().inNamespace(namespace).withName(name).require();
  }

  /** Of everything applied: server-side apply that changes nothing keeps the version. */
  private String versions(String name) {
    return kubernetes
            .configMaps()
            .inNamespace(namespace)
            .withName(name + "-config")
            .require()
            .getMetadata()
            .getResourceVersion()
        + kubernetes
            .secrets()
            .inNamespace(namespace)
            .withName(name + "-credentials")
            .require()
            .getMetadata()
            .getResourceVersion()
        + kubernetes
            .services()
            .inNamespace(namespace)
            .withName(name)
            .require()
            .getMetadata()
            .getResourceVersion()
        + deployment(name).getMetadata().getGeneration();
  }
}
