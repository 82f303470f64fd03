package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.dev.engine.KubernetesUser;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each process can do what it has to, and no more. */
@ExtendWith(RealSystem.class)
class RightsTest {
  /** What tells these requests, which are meant to be refused, from the worker's own. */
  static final String AGENT = "rights-test";

  private static final KubernetesUser API =
      KubernetesUser.serviceAccount(ClusterEngine.NAMESPACE, "dbhub-api");

  private final TestSystem system;

  RightsTest(TestSystem system) {
    this.system = system;
  }

  @Test
  void theWorkerReadsSecretsInItsNamespaceOnly() {
    try (KubernetesClient worker = worker()) {
      assertThat(may(worker, ClusterEngine.NAMESPACE, "", "secrets", "get")).isTrue();
      assertThat(worker.secrets().inNamespace(ClusterEngine.NAMESPACE).list().getItems())
          .isNotNull();
      assertThat(may(worker, "default", "", "secrets", "get")).isFalse();
      assertThat(may(worker, "kube-system", "", "secrets", "list")).isFalse();
      refused(() -> worker.secrets().inNamespace("default").list());
      refused(() -> worker.secrets().inAnyNamespace().list());
    }
  }

  @Test
  void aSecretOfAnotherNamespaceIsNotForTheWorkerToReadOrToWrite() {
    Secret foreign =
        system
            .kubernetes()
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace("default")
                    .withName(AGENT)
                    .endMetadata()
                    .withStringData(Map.of("password", Canaries.password()))
                    .build())
            .create();
    try (KubernetesClient worker = worker()) {
      refused(() -> worker.secrets().inNamespace("default").withName(AGENT).get());
      refused(() -> worker.secrets().inNamespace("default").withName(AGENT).delete());
      refused(
          () ->
              worker
                  .resource(new SecretBuilder(foreign).addToStringData("password", "x").build())
                  .update());
    } finally {
      system.kubernetes().resource(foreign).delete();
    }
  }

  @Test
  void theWorkerTakesNoLeaseButItsOwn() {
    try (KubernetesClient worker = worker()) {
      refused(() -> worker.leases().inNamespace(ClusterEngine.NAMESPACE).withName("other").get());
      refused(() -> worker.leases().inNamespace("kube-system").list());
    }
  }

  /**
   * Not even by name: only the rules that everybody has are its own, none of them about objects.
   */
  @Test
  void theAccountOfTheApiMayNothing() {
    Config config = Config.fromKubeconfig(system.local().cluster().admin().toFile());
    config.setImpersonateUsername(API.name());
    config.setImpersonateGroups(
        Stream.concat(API.groups().stream(), Stream.of("system:authenticated"))
            .toArray(String[]::new));
    try (KubernetesClient api = new KubernetesClientBuilder().withConfig(config).build()) {
      for (String namespace : List.of(ClusterEngine.NAMESPACE, "default", "kube-system")) {
        assertThat(
                api.authorization()
                    .v1()
                    .selfSubjectRulesReview()
                    .create(
                        new SelfSubjectRulesReviewBuilder()
                            .withNewSpec()
                            .withNamespace(namespace)
                            .endSpec()
                            .build())
                    .getStatus()
                    .getResourceRules())
            .flatExtracting(ResourceRule::getApiGroups)
            .isSubsetOf("authorization.k8s.io", "authentication.k8s.io");
        refused(() -> api.secrets().inNamespace(namespace).list());
      }
    }
  }

  @Test
  void theWorkerCannotRunPodsOfItsOwnOrGiveItselfRights() {
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

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(403));
  }

  private KubernetesClient worker() {
    Config config = Config.fromKubeconfig(system.local().cluster().worker().toFile());
    config.setUserAgent(AGENT);
    return new KubernetesClientBuilder().withConfig(config).build();
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
