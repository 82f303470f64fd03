package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final KubernetesUser WORKER = KubernetesUser.serviceAccount("default", "worker");

  @TempDir private Path directory;
  private final Ports ports = new Ports();
  private final Program.Installed program = Needed.installed(Needed.programs().kubernetes());

  @Test
  void rulesControllersAndRestartsAreReal() throws IOException {
    String adminToken;
    try (KubernetesServer server = start();
        KubernetesClient admin = client(server.adminKubeconfig());
        KubernetesClient worker =
            client(server.kubeconfig(WORKER.name(), directory.resolve("worker.kubeconfig")))) {
      adminToken = server.token("admin");
      admin.resource(configMap()).serverSideApply();
      assertThatThrownBy(() -> worker.configMaps().inNamespace("default").list())
          .as("a user without a role")
          .hasMessageContaining("forbidden");

      Deployment deployment = admin.resource(deployment()).create();
      await().atMost(PATIENCE).until(() -> podsOf(admin) == 1);
      admin.resource(deployment).delete();
      await().atMost(PATIENCE).until(() -> podsOf(admin) == 0);
    }
    try (KubernetesServer server = start();
        KubernetesClient admin = client(server.adminKubeconfig())) {
      assertThat(server.token("admin")).isEqualTo(adminToken);
      assertThat(admin.configMaps().inNamespace("default").withName("kept").get().getData())
          .containsEntry("a", "b");

      server.killApi();
      server.restartApi();
      assertThat(admin.configMaps().inNamespace("default").withName("kept").get()).isNotNull();
      assertThat(server.processes()).hasSize(3).allMatch(ChildProcess::isAlive);
    }
  }

  private KubernetesServer start() {
    return KubernetesServer.start(
        program,
        new KubernetesServer.Settings(
            directory, ports.free(), ports.free(), ports.free(), List.of(WORKER)));
  }

  private static KubernetesClient client(Path kubeconfig) throws IOException {
    Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
    assertThat(config.isTrustCerts()).as("trusts any certificate").isFalse();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static int podsOf(KubernetesClient client) {
    return client.pods().inNamespace("default").withLabel("app", "web").list().getItems().size();
  }

  private static ConfigMap configMap() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("kept")
        .withNamespace("default")
        .endMetadata()
        .addToData("a", "b")
        .build();
  }

  private static Deployment deployment() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withNewSelector()
        .addToMatchLabels("app", "web")
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("app", "web"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage("web")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
