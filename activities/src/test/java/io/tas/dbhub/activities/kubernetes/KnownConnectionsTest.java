package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.sealing.KeyRing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EnableKubernetesMockClient(crud = true)
class KnownConnectionsTest {
  private static final ResourceRef ORDERS = new ResourceRef("ns", "orders");

  @TempDir Path keys;

  KubernetesMockServer server;
  KubernetesClient kubernetes;
  private KnownConnections connections;

  @BeforeEach
  void create() throws Exception {
    KeyRing.generate(keys);
    connections =
        new KnownConnections(
            kubernetes,
            new ManagedDatabases("elsewhere"),
            KeyRing.load(keys).sealer(),
            Duration.ZERO);
    kubernetes.secrets().inNamespace("ns").resource(secret("before")).create();
    kubernetes
        .resource(
            Serialization.unmarshal(
                """
                apiVersion: dbhub.tas.io/v1alpha1
                kind: Database
                metadata: {name: orders, namespace: ns, generation: 1}
                spec:
                  type: postgres
                  host: db.example
                  port: 5432
                  database: orders
                  credentialsRef: {name: orders-credentials}
                """,
                DatabaseResource.class))
        .create();
  }

  @Test
  void whatNobodyChangedIsReadOnce() throws Exception {
    assertThat(password()).isEqualTo("before");
    assertThat(read()).contains("orders", "orders-credentials");

    assertThat(password()).isEqualTo("before");

    assertThat(read()).containsExactly("databases", "secrets");
  }

  @Test
  void aChangedSecretIsReadAgain() {
    assertThat(password()).isEqualTo("before");
    kubernetes.secrets().inNamespace("ns").resource(secret("after")).update();

    assertThat(password()).isEqualTo("after");
  }

  @Test
  void aChangedResourceIsReadAgain() throws Exception {
    assertThat(password()).isEqualTo("before");
    kubernetes
        .resources(DatabaseResource.class)
        .inNamespace("ns")
        .withName("orders")
        .edit(
            found -> {
              found.getMetadata().setLabels(Map.of("team", "blue"));
              return found;
            });
    assertThat(read()).isNotEmpty();

    assertThat(password()).isEqualTo("before");

    assertThat(read()).contains("orders", "orders-credentials");
  }

  @Test
  void whatIsGoneIsNotKnown() {
    assertThat(password()).isEqualTo("before");
    kubernetes.resources(DatabaseResource.class).inNamespace("ns").withName("orders").delete();

    assertThat(connections.known(ORDERS)).isInstanceOf(Connection.Gone.class);
  }

  @Test
  void whatWasReadAnewIsKnown() throws Exception {
    assertThat(password()).isEqualTo("before");
    kubernetes.secrets().inNamespace("ns").resource(secret("after")).update();
    assertThat(connections.read(ORDERS)).isInstanceOf(Connection.Found.class);
    assertThat(read()).isNotEmpty();

    assertThat(password()).isEqualTo("after");

    assertThat(read()).containsExactly("databases", "secrets");
  }

  /** The last words of the paths that were asked for since this was last called. */
  private List<String> read() throws InterruptedException {
    List<String> read = new ArrayList<>();
    RecordedRequest request = server.takeRequest(0, TimeUnit.MILLISECONDS);
    while (request != null) {
      read.add(request.getPath().replaceFirst("\\?.*", "").replaceFirst(".*/", ""));
      request = server.takeRequest(0, TimeUnit.MILLISECONDS);
    }
    return read;
  }

  private String password() {
    return ((Connection.Found) connections.known(ORDERS)).credentials().password();
  }

  private static Secret secret(String password) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("ns")
        .withName("orders-credentials")
        .endMetadata()
        .withData(Map.of("username", base64("app"), "password", base64(password)))
        .build();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
