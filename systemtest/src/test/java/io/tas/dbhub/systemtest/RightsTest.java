package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.activities.kubernetes.KubernetesClients;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each process can do what it has to, and no more. */
@ExtendWith(RealSystem.class)
class RightsTest {
  private final TestSystem system;

  RightsTest(TestSystem system) {
    this.system = system;
  }

  @Test
  void theWorkerReadsSecretsInItsNamespaceOnly() throws IOException {
    try (KubernetesClient worker = worker()) {
      assertThat(may(worker, ClusterEngine.NAMESPACE, "", "secrets", "get")).isTrue();
      assertThat(may(worker, "default", "", "secrets", "get")).isFalse();
      assertThat(may(worker, "kube-system", "", "secrets", "list")).isFalse();
      assertThatThrownBy(() -> worker.secrets().inNamespace("default").list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class,
              refused -> assertThat(refused.getCode()).isEqualTo(403));
      assertThatThrownBy(() -> worker.secrets().inAnyNamespace().list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class,
              refused -> assertThat(refused.getCode()).isEqualTo(403));
    }
  }

  @Test
  void theWorkerCannotRunPodsOfItsOwnOrGiveItselfRights() throws IOException {
    try (KubernetesClient worker = worker()) {
      assertThat(may(worker, ClusterEngine.NAMESPACE, "", "pods", "create")).isFalse();
      assertThat(
              may(
                  worker,
                  ClusterEngine.NAMESPACE,
                  "rbac.authorization.k8s.io",
                  "rolebindings",
                  "create"))
          .isFalse();
      assertThat(may(worker, ClusterEngine.NAMESPACE, "dbhub.tas.io", "dbhubinstances", "delete"))
          .isFalse();
    }
  }

  @Test
  void theApiKnowsNothingOfKubernetes() throws IOException {
    Path api = system.local().directory().resolve("api");

    assertThat(Files.readString(api.resolve("api.yml")))
        .doesNotContainIgnoringCase("kube")
        .doesNotContain(String.valueOf(system.kubernetes().getMasterUrl().getPort()));
    assertThat(
            Files.readString(
                Path.of("/proc", String.valueOf(system.local().apiProcess().pid()), "environ")))
        .doesNotContainIgnoringCase("KUBECONFIG=")
        .doesNotContain("KUBERNETES_SERVICE_HOST=");
  }

  private KubernetesClient worker() throws IOException {
    return KubernetesClients.fromKubeconfig(system.local().cluster().worker());
  }

  private static boolean may(
      KubernetesClient client, String namespace, String group, String resource, String verb) {
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withGroup(group)
                .withResource(resource)
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }
}
