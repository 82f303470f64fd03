package io.tas.dbhub.activities.kubernetes.instance;

import static io.tas.dbhub.activities.kubernetes.instance.ServerObjects.leaving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DefaultPolicy;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.Kubernetes;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceManifestsTest {
  private static final String HASH = "abc";

  @Test
  void thePodsGiveNothingAway() {
    PodSpec pod = deployment("replicas: 2").getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().get(0);

    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getInitContainers()).isEmpty();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getEnvFrom())
        .singleElement()
        .satisfies(from -> assertThat(from.getSecretRef().getName()).isEqualTo("main-credentials"));
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/healthz");
  }

  @Test
  void aRolloutLeavesNoGap() {
    Deployment deployment = deployment("replicas: 2");

    assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
    assertThat(deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())
        .satisfies(unavailable -> assertThat(unavailable.getIntVal()).isZero());
    assertThat(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
        .containsEntry(Kubernetes.CONFIG_HASH, HASH);
    assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels())
        .containsEntry(Kubernetes.INSTANCE, "main");
  }

  @Test
  void theImageIsPinnedUnlessTheInstanceNamesOne() {
    assertThat(container("replicas: 1").getImage()).isEqualTo("bytebase/dbhub:1.4.0");
    assertThat(container("image: 'mine:1'").getImage()).isEqualTo("mine:1");
  }

  @Test
  void everyTransportIsServedOverHttp() {
    for (String transport : new String[] {"http", "sse", "stdio"}) {
      assertThat(container("transport: " + transport + ", port: 9000").getArgs())
          .containsExactly(
              "--transport", "http", "--port", "9000", "--config", "/etc/dbhub/dbhub.toml");
    }
  }

  @Test
  void theInstancesOwnSchedulingAndResourcesArePassedOn() {
    PodSpec pod =
        deployment(
                "resources: {limits: {memory: 1Gi}}, serviceAccountName: sa, nodeSelector: {disk:"
                    + " ssd}, tolerations: [{key: k, operator: Exists}]")
            .getSpec()
            .getTemplate()
            .getSpec();

    assertThat(pod.getServiceAccountName()).isEqualTo("sa");
    assertThat(pod.getNodeSelector()).isEqualTo(Map.of("disk", "ssd"));
    assertThat(pod.getTolerations()).hasSize(1);
    assertThat(pod.getContainers().get(0).getResources().getLimits())
        .hasEntrySatisfying("memory", quantity -> assertThat(quantity.toString()).isEqualTo("1Gi"));
  }

  @Test
  void anAffinityIsPassedOnAsItWasWritten() {
    PodSpec pod = deployment(preferring("7")).getSpec().getTemplate().getSpec();

    assertThat(
            pod.getAffinity()
                .getNodeAffinity()
                .getPreferredDuringSchedulingIgnoredDuringExecution()
                .get(0)
                .getWeight())
        .isEqualTo(7);
    assertThat(Serialization.asYaml(pod)).contains("values:", "ssd");
  }

  /** The API server takes any number there. */
  @Test
  void anAffinityThatCannotBeIsRefusedWhereItIsRendered() {
    assertThatThrownBy(() -> deployment(preferring("2147483648")))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            refused ->
                assertThat(Failures.typeOf(refused)).isEqualTo(FailureType.KUBERNETES_REFUSED))
        .hasMessageContaining("spec.affinity");
  }

  private static String preferring(String weight) {
    return """
    affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [
      {weight: %s, preference: {matchExpressions: [
        {key: disk, operator: In, values: [ssd]}]}}]}}
    """
        .formatted(weight)
        .replace("\n", "");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void filesAreMountedWhereTheyAreConfiguredAndForWritingOnlyIfSomeAre(boolean writes) {
    PodSpec pod =
        new DeploymentManifest(
                Server.first(Worlds.instance("replicas: 1")),
                "i",
                Optional.of(new SqliteVolume(Path.of("/data"), Path.of("/srv/data"))))
            .deployment(Worlds.rendered(HASH, writes), Set.of("main"))
            .getSpec()
            .getTemplate()
            .getSpec();

    assertThat(pod.getVolumes())
        .anySatisfy(
            volume -> {
              assertThat(volume.getName()).isEqualTo("sqlite");
              assertThat(volume.getHostPath().getPath()).isEqualTo("/srv/data");
            });
    assertThat(pod.getContainers().get(0).getVolumeMounts())
        .anySatisfy(
            mount -> {
              assertThat(mount.getMountPath()).isEqualTo("/data");
              assertThat(mount.getReadOnly()).isEqualTo(!writes);
            });
  }

  @Test
  void theConfigMapSaysWhatItsServerHas() {
    RenderedServer rendered =
        new InstanceRenderer(
                new SourceRenderer(
                    DefaultPolicy.strict(),
                    Worlds.settings(new SqliteVolume(Path.of("/data"), Path.of("/srv/data")))),
                "the-token")
            .render(List.of(Worlds.postgres("b"), Worlds.postgres("a")), Assignment.toOne())
            .servers()
            .firstEntry()
            .getValue();

    ConfigMap configMap =
        new InstanceManifests(Server.first(Worlds.instance("replicas: 1"))).configMap(rendered);

    assertThat(configMap.getData().get("databases")).isEqualTo("a\nb");
    assertThat(InstanceManifests.databases(configMap)).containsExactly("a", "b");
    assertThat(InstanceManifests.databases(new ConfigMap())).isEmpty();
  }

  @Test
  void everythingIsOwnedByTheInstance() {
    DBHubInstance instance = Worlds.instance("replicas: 1");

    assertThat(service(instance).getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(
            owner -> {
              assertThat(owner.getUid()).isEqualTo("uid-of-main");
              assertThat(owner.getKind()).isEqualTo("DBHubInstance");
              assertThat(owner.getController()).isTrue();
            });
  }

  @Test
  void whatAnEarlierInstanceOfTheNameLeftIsWaitedForAndNotTaken() {
    DBHubInstance instance = Worlds.instance("replicas: 1");
    Service own = service(instance);
    DBHubInstance earlier = Worlds.instance("replicas: 1");
    earlier.getMetadata().setUid("uid-of-before");
    DBHubInstance other = Worlds.instance("replicas: 1");
    other.getMetadata().setName("other");
    other.getMetadata().setUid("uid-of-other");

    assertThat(leaving(own, instance)).isFalse();
    assertThat(leaving(service(earlier), instance)).isTrue();
    assertThat(leaving(service(other), instance)).isFalse();
    own.getMetadata().setDeletionTimestamp("2026-01-02T03:04:05Z");
    assertThat(leaving(own, instance)).isTrue();
  }

  @Test
  void anExternalAddressIsTheEndpointAndItsNameIsAllowed() {
    Server instance = Server.first(Worlds.instance("port: 9000"));

    assertThat(Endpoints.of(instance, null)).isEqualTo("http://main.ns.svc.cluster.local:9000");
    assertThat(Endpoints.of(instance, service("https://hub.example/")))
        .isEqualTo("https://hub.example/");
    assertThat(Endpoints.hosts(instance, service("https://hub.example/")))
        .contains("hub.example", "main.ns.svc");
    assertThat(Endpoints.hosts(instance, service("http://127.0.1.5:9000")))
        .isEqualTo(Endpoints.hosts(instance, null));
    assertThat(Endpoints.of(instance, service("not an address")))
        .isEqualTo("http://main.ns.svc.cluster.local:9000");
  }

  private static Container container(String spec) {
    return deployment(spec).getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  private static Deployment deployment(String spec) {
    return new DeploymentManifest(
            Server.first(Worlds.instance(spec)), InstanceSettings.PINNED_IMAGE, Optional.empty())
        .deployment(Worlds.rendered(HASH, false), Set.of("main"));
  }

  private static Service service(DBHubInstance instance) {
    return new InstanceManifests(Server.first(instance)).service();
  }

  private static Service service(String endpoint) {
    return Serialization.unmarshal(
        "---\n{apiVersion: v1, kind: Service, metadata: {name: main, annotations: {"
            + Kubernetes.EXTERNAL_ENDPOINT
            + ": '"
            + endpoint
            + "'}}}",
        Service.class);
  }
}
