package io.tas.dbhub.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Here the test is the node: it says which Pod is ready. */
class DeploymentTest {

  @TempDir Path directory;
  private MemoryCluster cluster;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    cluster = MemoryCluster.start(directory, 0);
    client = new KubernetesClientBuilder().withConfig(cluster.clientConfig()).build();
  }

  @AfterEach
  void stop() {
    client.close();
    cluster.close();
  }

  @Test
  void theOldPodStaysUntilTheNewOneIsReady() {
    apply("one", 1);
    await().until(() -> pods().size() == 1);
    Pod old = pods().get(0);
    ready(old);
    await().until(() -> Objects.equals(deployment().getStatus().getAvailableReplicas(), 1));

    apply("two", 1);
    await().until(() -> pods().size() == 2);
    Pod fresh =
        pods().stream().filter(pod -> !name(pod).equals(name(old))).findFirst().orElseThrow();
    assertThat(fresh.getSpec().getContainers().get(0).getImage()).isEqualTo("two");
    await().until(() -> Objects.equals(deployment().getStatus().getObservedGeneration(), 2L));
    assertThat(deployment().getStatus().getUpdatedReplicas()).isEqualTo(1);
    assertThat(client.pods().inNamespace("default").withName(name(old)).get()).isNotNull();

    ready(fresh);
    await().until(() -> names(pods()).equals(List.of(name(fresh))));
    await().until(() -> Objects.equals(deployment().getStatus().getReplicas(), 1));
  }

  @Test
  void theNumberOfPodsFollowsTheReplicas() {
    apply("one", 3);
    await().until(() -> pods().size() == 3);
    apply("one", 1);
    await().until(() -> pods().size() == 1);
    assertThat(pods().get(0).getMetadata().getLabels()).containsKey("pod-template-hash");
  }

  @Test
  void anotherLabelOnTheDeploymentIsNoRollout() {
    apply("one", 1);
    await().until(() -> pods().size() == 1);
    String before = name(pods().get(0));
    client
        .apps()
        .deployments()
        .inNamespace("default")
        .withName("web")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
    assertThat(deployment().getMetadata().getGeneration()).isEqualTo(1);
    assertThat(names(pods())).containsExactly(before);
  }

  @Test
  void aDeletedDeploymentTakesItsPodsWithIt() {
    apply("one", 2);
    await().until(() -> pods().size() == 2);
    client.apps().deployments().inNamespace("default").withName("web").delete();
    await().until(() -> pods().isEmpty());
  }

  private void apply(String image, int replicas) {
    Deployment deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName("web")
            .endMetadata()
            .withNewSpec()
            .withReplicas(replicas)
            .withNewSelector()
            .addToMatchLabels("app", "web")
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "web")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage(image)
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    client.apps().deployments().inNamespace("default").resource(deployment).serverSideApply();
  }

  private void ready(Pod pod) {
    client
        .pods()
        .inNamespace("default")
        .withName(name(pod))
        .editStatus(
            p ->
                new PodBuilder(p)
                    .editOrNewStatus()
                    .withPhase("Running")
                    .addNewCondition()
                    .withType("Ready")
                    .withStatus("True")
                    .endCondition()
                    .endStatus()
                    .build());
  }

  private Deployment deployment() {
    return client.apps().deployments().inNamespace("default").withName("web").get();
  }

  private List<Pod> pods() {
    return client.pods().inNamespace("default").withLabel("app", "web").list().getItems();
  }

  private static List<String> names(List<Pod> pods) {
    return pods.stream().map(DeploymentTest::name).toList();
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }
}
