package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.ResourceRef;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesFailuresTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, KUBERNETES_UNAVAILABLE",
    "401, KUBERNETES_UNAVAILABLE",
    "409, KUBERNETES_UNAVAILABLE",
    "410, KUBERNETES_UNAVAILABLE",
    "429, KUBERNETES_UNAVAILABLE",
    "500, KUBERNETES_UNAVAILABLE",
    "503, KUBERNETES_UNAVAILABLE",
    "400, KUBERNETES_REFUSED",
    "403, KUBERNETES_REFUSED",
    "404, KUBERNETES_REFUSED",
    "422, KUBERNETES_REFUSED"
  })
  void whatTimeMayMendIsUnavailableAndTheRestIsRefused(int code, FailureType type) {
    assertThat(Failures.typeOf(KubernetesFailures.typed(failure(code)))).isEqualTo(type);
  }

  @Test
  void theObjectIsNeverQuoted() {
    assertThat(KubernetesFailures.typed(failure(422)).getOriginalMessage())
        .isEqualTo("the Kubernetes API refuses: 422 Invalid on secrets db-1-creds");
    assertThat(KubernetesFailures.typed(failure(422)).getCause()).isNull();
  }

  @Test
  void theFieldsThatAreWrongAreNamedAndWhatTheyHoldIsNot() {
    KubernetesClientException failure = failure(422);
    failure
        .getStatus()
        .getDetails()
        .setCauses(
            List.of(
                new StatusCause("spec.containers[0].image", "hunter2", "FieldValueInvalid"),
                new StatusCause("spec.containers[0].image", "hunter2", "FieldValueRequired"),
                new StatusCause("password: \"hunter2\"", "hunter2", "FieldValueInvalid"),
                new StatusCause(null, "hunter2", null)));

    assertThat(KubernetesFailures.typed(failure).getOriginalMessage())
        .isEqualTo(
            "the Kubernetes API refuses: 422 Invalid on secrets db-1-creds:"
                + " spec.containers[0].image");
  }

  @Test
  void anApiServerThatIsNotThereIsUnavailable() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Path kubeconfig =
        Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            users: [{name: u, user: {token: t}}]
            current-context: c
            """
                .formatted(free));

    try (KubernetesClient kubernetes = KubernetesClients.fromKubeconfig(kubeconfig)) {
      ConnectionReader reader = new ConnectionReader(kubernetes, new ManagedDatabases("ns"));
      assertThatThrownBy(() -> reader.read(new ResourceRef("ns", "x")))
          .satisfies(
              thrown ->
                  assertThat(Failures.typeOf(thrown))
                      .isEqualTo(FailureType.KUBERNETES_UNAVAILABLE));
    }
  }

  private static KubernetesClientException failure(int code) {
    Status status =
        new StatusBuilder()
            .withCode(code)
            .withReason("Invalid")
            .withMessage("password: Invalid value: \"hunter2\"")
            .withNewDetails()
            .withKind("secrets")
            .withName("db-1-creds")
            .endDetails()
            .build();
    return new KubernetesClientException("hunter2", code, status);
  }
}
