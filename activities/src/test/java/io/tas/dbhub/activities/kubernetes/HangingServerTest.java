package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An API server that takes connections and never answers. */
class HangingServerTest {
  private static final DatabaseRef DATABASE =
      new DatabaseRef("01234567-89ab-cdef-0123-456789abcdef", new Scope("acme", "sales"));

  @TempDir Path folder;

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void everyKindOfRequestIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        KubernetesClient kubernetes = KubernetesClients.fromKubeconfig(to(silent))) {
      KubernetesClient limited = KubernetesClients.limited(kubernetes, 300);
      ConnectionSecrets secrets = new ConnectionSecrets(limited, "ns");
      List<ThrowingCallable> requests =
          List.of(
              () -> secrets.find(DATABASE, new ResourceRef("ns", "db-01234567-creds")),
              () -> OwnedObjects.secrets(limited, "ns").find(DATABASE),
              () -> OwnedObjects.databases(limited, "ns").delete(DATABASE),
              () ->
                  KubernetesFailures.translateVoid(
                      () ->
                          OwnedObjects.delete(
                              limited, "/api/v1/namespaces/ns/secrets/db-01234567-creds", "uid")));

      for (ThrowingCallable request : requests) {
        assertThatThrownBy(request)
            .satisfies(
                thrown ->
                    assertThat(Failures.typeOf(thrown))
                        .isEqualTo(FailureType.KUBERNETES_UNAVAILABLE));
      }
      assertThat(kubernetes.getConfiguration().getRequestRetryBackoffLimit()).isZero();
    }
  }

  private Path to(ServerSocket server) throws Exception {
    return Files.writeString(
        folder.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: t}}]
        current-context: c
        """
            .formatted(server.getLocalPort()));
  }
}
