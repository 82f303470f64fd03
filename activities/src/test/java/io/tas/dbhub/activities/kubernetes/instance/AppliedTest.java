package io.tas.dbhub.activities.kubernetes.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AppliedTest {
  @Test
  void whatTheServerFillsInAndOthersWroteIsNoChange() {
    Deployment found =
        new DeploymentBuilder(deployment("replicas: 2, nodeSelector: {disk: ssd}"))
            .editMetadata()
            .withUid("1")
            .withGeneration(3L)
            .addToAnnotations("mine", "stays")
            .endMetadata()
            .editSpec()
            .withProgressDeadlineSeconds(600)
            .editTemplate()
            .editSpec()
            .withDnsPolicy("ClusterFirst")
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();

    assertThat(Applied.already(deployment("replicas: 2, nodeSelector: {disk: ssd}"), found))
        .isTrue();
  }

  @Test
  void aChangeByHandIsToBeUndone() {
    Deployment found =
        new DeploymentBuilder(deployment("replicas: 2"))
            .editSpec()
            .withReplicas(7)
            .endSpec()
            .build();

    assertThat(Applied.already(deployment("replicas: 2"), found)).isFalse();
  }

  @Test
  void whatIsNotWantedAnyMoreIsToBeTakenAway() {
    Deployment found = deployment("replicas: 2, nodeSelector: {disk: ssd}");

    assertThat(Applied.already(deployment("replicas: 2"), found)).isFalse();
  }

  @Test
  void anObjectThatWasNeverMarkedIsApplied() {
    Deployment found = deployment("replicas: 2");
    found.getMetadata().setAnnotations(new HashMap<>());

    assertThat(Applied.already(deployment("replicas: 2"), found)).isFalse();
  }

  @Test
  void plainDataIsComparedWhole() {
    ConfigMap wanted = configMap(Map.of("a", "1"));

    assertThat(Applied.already(wanted, configMap(Map.of("a", "1")))).isTrue();
    assertThat(Applied.already(wanted, configMap(Map.of("a", "2")))).isFalse();
    assertThat(Applied.already(wanted, configMap(Map.of("a", "1", "b", "2")))).isFalse();
    assertThat(Applied.already(wanted, configMap(Map.of()))).isFalse();
  }

  @Test
  void aQuantityIsTheSameHoweverItIsWritten() {
    assertThat(Applied.already(pod("0.5", "1024Mi"), pod("500m", "1Gi"))).isTrue();
    assertThat(Applied.already(pod("0.5", "1Gi"), pod("501m", "1Gi"))).isFalse();
    assertThat(Applied.already(pod("0.5", "1Gi"), new PodBuilder().build())).isFalse();
  }

  private static Pod pod(String cpu, String memory) {
    return new PodBuilder()
        .withNewSpec()
        .addNewContainer()
        .withNewResources()
        .withRequests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }

  @Test
  void noHashOfASecretIsWritten() {
    Secret secret = new SecretBuilder().withNewMetadata().withName("s").endMetadata().build();

    Applied.mark(secret);

    assertThat(secret.getMetadata().getAnnotations()).isNullOrEmpty();
    assertThat(deployment("replicas: 2").getMetadata().getAnnotations())
        .containsKey(Kubernetes.APPLIED_HASH);
  }

  private static Deployment deployment(String spec) {
    Deployment deployment =
        new DeploymentManifest(
                Server.first(Worlds.instance(spec)),
                InstanceSettings.PINNED_IMAGE,
                Optional.empty())
            .deployment(Worlds.rendered("hash", false), Set.of("main"));
    Applied.mark(deployment);
    return deployment;
  }

  private static ConfigMap configMap(Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("c")
        .endMetadata()
        .withData(data)
        .build();
  }
}
