package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.tas.dbhub.activities.kubernetes.ConnectionObject.Kind;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class ConnectionObjectsTest {
  private static final String LIST =
      "/api/v1/namespaces/ns/secrets?labelSelector=app.kubernetes.io%2Fmanaged-by"
          + "%3Ddbhub-control-plane&limit=500";
  private static final String SECOND =
      "/api/v1/namespaces/ns/secrets?continue=more&labelSelector=app.kubernetes.io%2Fmanaged-by"
          + "%3Ddbhub-control-plane&limit=500";

  KubernetesMockServer server;
  KubernetesClient kubernetes;

  @Test
  void everyPageIsRead() {
    answer(LIST, "1", "more");
    answer(SECOND, "2", null);
    AtomicInteger pages = new AtomicInteger();

    assertThat(new ConnectionObjects(kubernetes, "ns").list(Kind.SECRET, pages::incrementAndGet))
        .extracting(object -> object.ref().name())
        .containsExactly("db-11234567-creds", "db-21234567-creds");
    assertThat(pages).hasValue(2);
  }

  @Test
  void aListThatTheServerForgotIsReadAnotherTime() {
    answer(LIST, "1", "more");
    server.expect().get().withPath(SECOND).andReturn(410, "{}").once();

    assertThatThrownBy(() -> new ConnectionObjects(kubernetes, "ns").list(Kind.SECRET, () -> {}))
        .satisfies(
            thrown ->
                assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.KUBERNETES_UNAVAILABLE));
  }

  private void answer(String path, String digit, @Nullable String next) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("ns")
            .withName("db-" + digit + "1234567-creds")
            .withLabels(
                Map.of(
                    Kubernetes.MANAGED_BY,
                    Kubernetes.MANAGER,
                    Kubernetes.DATABASE_ID,
                    digit + "1234567-89ab-cdef-0123-456789abcdef",
                    Kubernetes.TENANT,
                    "acme",
                    Kubernetes.SPACE,
                    "sales"))
            .endMetadata()
            .build();
    server
        .expect()
        .get()
        .withPath(path)
        .andReturn(
            200,
            new SecretListBuilder()
                .withNewMetadata()
                .withContinue(next)
                .endMetadata()
                .withItems(secret)
                .build())
        .once();
  }
}
