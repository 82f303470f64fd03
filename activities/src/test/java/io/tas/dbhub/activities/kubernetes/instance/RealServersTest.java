package io.tas.dbhub.activities.kubernetes.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.RealNamespace;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstanceStatus;
import io.tas.dbhub.activities.kubernetes.crd.DBHubServerStatus;
import io.tas.dbhub.activities.kubernetes.crd.InstancePhase;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.instance.AppliedInstance;
import io.tas.dbhub.core.instance.ObserveInstance;
import io.tas.dbhub.core.instance.ObservedInstance;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.sealing.KeyRing;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many databases on a real API server with the deployment and garbage-collector controllers, where
 * one is given with {@code -Dkubernetes.kubeconfig=…}.
 */
@EnabledIfSystemProperty(named = "kubernetes.kubeconfig", matches = ".+")
class RealServersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** All that an instance may say of its pods, some of it as Kubernetes would not write it. */
  private static final String EVERYTHING =
      "image: registry.example/dbhub:7, imagePullPolicy: Always, port: 9000, replicas: 2,"
          + " serviceAccountName: readers, nodeSelector: {disk: ssd},"
          + " resources: {requests: {cpu: 0.5, memory: 134217728}, limits: {cpu: 1000m, memory:"
          + " 1024Mi}}, tolerations: [{key: spot, operator: Exists, effect: NoExecute,"
          + " tolerationSeconds: 30}, {key: team, operator: Equal, value: blue, effect:"
          + " NoSchedule}], affinity: {nodeAffinity:"
          + " {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms:"
          + " [{matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [a,"
          + " b]}]}]}}, podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight:"
          + " 50, podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector:"
          + " {matchLabels: {app.kubernetes.io/name: dbhub}}}}]}}";

  @TempDir Path keys;

  private RealNamespace namespace;
  private KubernetesClient kubernetes;
  private KubernetesClient worker;
  private KubernetesInstanceResources instances;
  private final Queue<String> writes = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void connect() throws Exception {
    namespace = new RealNamespace();
    kubernetes = namespace.administrator();
    namespace.createSecret("creds", "hunter2");
    KeyRing.generate(keys);
    worker = noting(namespace.worker());
    instances =
        new KubernetesInstanceResources(
            worker,
            new ManagedDatabases(namespace.name()),
            KeyRing.load(keys),
            new InstanceSettings(
                InstanceSettings.PINNED_IMAGE,
                Optional.empty(),
                false,
                ProbeSettings.defaults().writtenHosts()));
  }

  private void databases(String... names) {
    for (String name : names) {
      namespace.createDatabase(name, "creds");
    }
  }

  /** The same client, and what it changes is noted. */
  private KubernetesClient noting(KubernetesClient client) {
    Interceptor notes =
        new Interceptor() {
          @Override
          public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (!request.method().equals("GET")) {
              writes.add(request.method() + " " + request.uri());
            }
          }
        };
    return new KubernetesClientBuilder()
        .withConfig(client.getConfiguration())
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("notes", notes))
        .build();
  }

  @AfterEach
  void tidy() {
    worker.close();
    namespace.close();
  }

  @Test
  void aNewDatabaseRollsOneServerAndARemovedOneMovesNobody() {
    databases("a", "b");
    namespace.createInstance("main", "maxSourcesPerServer: 2");
    assertThat(instances.apply(ref("main")).sources())
        .extracting(Source::server)
        .containsExactly("main", "main");
    long first = generation("main");

    databases("c");
    assertThat(servers(instances.apply(ref("main"))))
        .isEqualTo(Map.of("a", "main", "b", "main", "c", "main-1"));
    assertThat(generation("main")).isEqualTo(first);
    long second = generation("main-1");

    namespace.deleteDatabase("a");
    assertThat(servers(instances.apply(ref("main")))).isEqualTo(Map.of("b", "main", "c", "main-1"));
    assertThat(generation("main")).isEqualTo(first + 1);
    assertThat(generation("main-1")).isEqualTo(second);

    databases("d");
    AppliedInstance applied = instances.apply(ref("main"));
    assertThat(servers(applied)).isEqualTo(Map.of("b", "main", "c", "main-1", "d", "main"));
    assertThat(generation("main-1")).isEqualTo(second);
    String versions = versions("main") + versions("main-1");
    assertThat(instances.apply(ref("main"))).isEqualTo(applied);
    assertThat(versions("main") + versions("main-1")).isEqualTo(versions);
  }

  @Test
  void theStatusTellsOfEveryServer() {
    databases("a", "b", "c");
    namespace.createInstance("main", "maxSourcesPerServer: 2");

    ObservedInstance observed = instances.observe(ObserveInstance.of(instances.apply(ref("main"))));

    // No node runs the pods here.
    assertThat(observed.rolledOut()).isFalse();
    assertThat(observed.servers()).isEmpty();
    assertThat(observed.rolling()).containsExactly("main", "main-1");
    assertThat(status().servers())
        .containsExactly(
            new DBHubServerStatus("main", address("main"), 2, 0),
            new DBHubServerStatus("main-1", address("main-1"), 1, 0));
    assertThat(status().endpoint()).isEqualTo(address("main"));
    assertThat(status().databaseCount()).isEqualTo(3);
    assertThat(status().selector())
        .as("an autoscaler takes the pods it finds for the replicas")
        .isEqualTo(Kubernetes.INSTANCE + "=main," + Kubernetes.SERVER + "=0");
  }

  @Test
  void anInstanceScaledToNothingIsDoneAndServesNothing() {
    databases("a");
    namespace.createInstance("main", "replicas: 0");
    AppliedInstance applied = instances.apply(ref("main"));

    ObservedInstance observed =
        await()
            .atMost(PATIENCE)
            .until(
                () -> instances.observe(ObserveInstance.of(applied)), ObservedInstance::rolledOut);

    assertThat(observed.servers()).isEmpty();
    assertThat(observed.rolling()).isEmpty();
    assertThat(status().phase()).isEqualTo(InstancePhase.RUNNING);
  }

  @Test
  void whatIsAsItShallBeCostsNoWrite() {
    databases("a", "b");
    namespace.createInstance("main", "maxSourcesPerServer: 1, " + EVERYTHING);
    AppliedInstance applied = instances.apply(ref("main"));
    writes.clear();

    assertThat(instances.apply(ref("main"))).isEqualTo(applied);

    assertThat(writes).isEmpty();
    PodSpec pod = deployment("main-1").getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().get(0);
    assertThat(container.getImage()).isEqualTo("registry.example/dbhub:7");
    assertThat(container.getImagePullPolicy()).isEqualTo("Always");
    assertThat(container.getResources().getRequests())
        .isEqualTo(Map.of("cpu", new Quantity("500m"), "memory", new Quantity("134217728")));
    assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
    assertThat(pod.getServiceAccountName()).isEqualTo("readers");
    assertThat(pod.getNodeSelector()).isEqualTo(Map.of("disk", "ssd"));
    assertThat(pod.getTolerations())
        .containsExactly(
            new Toleration("NoExecute", "spot", "Exists", 30L, null),
            new Toleration("NoSchedule", "team", "Equal", null, "blue"));
    assertThat(Serialization.asJson(pod.getAffinity()))
        .contains("requiredDuringSchedulingIgnoredDuringExecution")
        .contains("preferredDuringSchedulingIgnoredDuringExecution")
        .contains("topology.kubernetes.io/zone");
  }

  @Test
  void whatAnInstanceMadeGoesWithItServerByServer() {
    databases("a", "b");
    namespace.createInstance("main", "maxSourcesPerServer: 1");
    instances.apply(ref("main"));
    assertThat(objects("main-1")).allMatch(Optional::isPresent);

    kubernetes.resources(DBHubInstance.class).inNamespace(namespace.name()).delete();

    await().atMost(PATIENCE).until(() -> gone("main") && gone("main-1"));
    assertThat(kubernetes.secrets().inNamespace(namespace.name()).withName("creds").get())
        .as("what is not its own stays")
        .isNotNull();
  }

  @Test
  void whatKubernetesRefusesOfThePodsIsSaidAndTheServersGoOn() {
    databases("a");
    namespace.createInstance("main", "");
    instances.apply(ref("main"));
    kubernetes
        .resources(DBHubInstance.class)
        .inNamespace(namespace.name())
        .withName("main")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"imagePullPolicy\":\"Sometimes\"}}");

    assertThatThrownBy(() -> instances.apply(ref("main")))
        .isInstanceOf(ApplicationFailure.class)
        .extracting(failure -> ((ApplicationFailure) failure).getType())
        .isEqualTo(FailureType.KUBERNETES_REFUSED.wireName());

    assertThat(status().phase()).isEqualTo(InstancePhase.FAILED);
    assertThat(status().conditions())
        .anySatisfy(condition -> assertThat(condition.getMessage()).contains("imagePullPolicy"));
    assertThat(deployment("main").getSpec().getTemplate().getSpec().getContainers().get(0))
        .extracting(Container::getImagePullPolicy)
        .isEqualTo("IfNotPresent");
  }

  @Test
  void aServerWithoutDatabasesGoesWithAllItIsMadeOf() {
    databases("a", "b");
    namespace.createInstance("main", "maxSourcesPerServer: 1");
    instances.apply(ref("main"));
    assertThat(deployment("main-1")).isNotNull();

    namespace.deleteDatabase("b");
    AppliedInstance applied = instances.apply(ref("main"));

    assertThat(servers(applied)).isEqualTo(Map.of("a", "main"));
    await().atMost(PATIENCE).until(() -> gone("main-1"));
    assertThat(instances.apply(ref("main"))).isEqualTo(applied);
    assertThat(deployment("main")).isNotNull();
  }

  @Test
  void aLowerLimitMovesTheSurplusAndNoLimitBringsAllTogether() {
    databases("a", "b", "c");
    namespace.createInstance("main", "maxSourcesPerServer: 3");
    instances.apply(ref("main"));

    limit(2);
    assertThat(servers(instances.apply(ref("main"))))
        .isEqualTo(Map.of("a", "main", "b", "main", "c", "main-1"));
    limit(0);
    assertThat(servers(instances.apply(ref("main"))))
        .isEqualTo(Map.of("a", "main", "b", "main", "c", "main"));
    await().atMost(PATIENCE).until(() -> gone("main-1"));
  }

  @Test
  void aNumberWhoseNameIsAnotherInstancesIsPassedOver() {
    databases("a", "b");
    namespace.createInstance("main-1", "");
    namespace.createInstance("main", "maxSourcesPerServer: 1");

    assertThat(servers(instances.apply(ref("main")))).isEqualTo(Map.of("a", "main", "b", "main-2"));
    assertThat(instances.apply(ref("main-1")).gone()).isFalse();
  }

  @Test
  void anApplyThatBrokeOffInTheMiddleOfAMoveIsEndedByTheNext() {
    databases("a", "b");
    namespace.createInstance("main", "maxSourcesPerServer: 1");
    AppliedInstance applied = instances.apply(ref("main"));
    // As if it had died before the old home was written, and before the new one's pods were made.
    kubernetes
        .configMaps()
        .inNamespace(namespace.name())
        .withName("main-config")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"databases\":\"a\\nb\"}}");
    kubernetes.apps().deployments().inNamespace(namespace.name()).withName("main-1").delete();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                kubernetes
                        .apps()
                        .deployments()
                        .inNamespace(namespace.name())
                        .withName("main-1")
                        .get()
                    == null);

    assertThat(instances.apply(ref("main"))).isEqualTo(applied);
    assertThat(deployment("main-1")).isNotNull();
  }

  private void limit(int most) {
    kubernetes
        .resources(DBHubInstance.class)
        .inNamespace(namespace.name())
        .withName("main")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"maxSourcesPerServer\":" + most + "}}");
  }

  /** The server of each database. */
  private static Map<String, String> servers(AppliedInstance applied) {
    return applied.sources().stream()
        .collect(
            Collectors.toMap(
                source -> source.resource().name(), source -> source.serverOf(applied.instance())));
  }

  private boolean gone(String server) {
    return objects(server).allMatch(Optional::isEmpty);
  }

  /** By which one sees that nothing was written. */
  private String versions(String server) {
    return objects(server)
        .map(object -> object.orElseThrow().getMetadata())
        .map(
            metadata ->
                // The controller writes a Deployment's status when it likes.
                metadata.getGeneration() == null
                    ? metadata.getResourceVersion()
                    : String.valueOf(metadata.getGeneration()))
        .collect(Collectors.joining(" "));
  }

  private Stream<Optional<? extends HasMetadata>> objects(String server) {
    String in = namespace.name();
    return Stream.of(
        Optional.ofNullable(kubernetes.apps().deployments().inNamespace(in).withName(server).get()),
        Optional.ofNullable(kubernetes.services().inNamespace(in).withName(server).get()),
        Optional.ofNullable(
            kubernetes.secrets().inNamespace(in).withName(server + "-credentials").get()),
        Optional.ofNullable(
            kubernetes.configMaps().inNamespace(in).withName(server + "-config").get()));
  }

  private DBHubInstanceStatus status() {
    return kubernetes
        .resources(DBHubInstance.class)
        .inNamespace(namespace.name())
        .withName("main")
        .require()
        .getStatus();
  }

  private String address(String server) {
    return "http://" + server + "." + namespace.name() + ".svc.cluster.local:8080";
  }

  private long generation(String deployment) {
    return deployment(deployment).getMetadata().getGeneration();
  }

  private Deployment deployment(String name) {
    return kubernetes.apps().deployments().inNamespace(namespace.name()).withName(name).require();
  }

  private ResourceRef ref(String name) {
    return new ResourceRef(namespace.name(), name);
  }
}
