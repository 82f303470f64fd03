package io.tas.dbhub.worker.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.KubernetesClients;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Against a real API server, where one is given with {@code -Dkubernetes.kubeconfig=…}. */
@EnabledIfSystemProperty(named = "kubernetes.kubeconfig", matches = ".+")
class RealWatchTest {
  private static final Path CRDS = Path.of("..", "deploy", "k8s", "crds");

  private final String namespace = "test-" + UUID.randomUUID();
  private final List<Notice> told = new CopyOnWriteArrayList<>();
  private KubernetesClient kubernetes;
  private ResourceWatcher watcher;

  @BeforeEach
  void watch() throws Exception {
    kubernetes =
        KubernetesClients.fromKubeconfig(Path.of(System.getProperty("kubernetes.kubeconfig")));
    for (String crd : new String[] {"databases", "dbhubinstances"}) {
      kubernetes
          .load(CRDS.resolve(crd + ".dbhub.tas.io.yaml").toUri().toURL().openStream())
          .forceConflicts()
          .serverSideApply();
    }
    Namespace fresh =
        new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build();
    kubernetes.resource(fresh).create();
    create(
        "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: DBHubInstance, metadata: {name: main}}",
        DBHubInstance.class);
    watcher =
        new ResourceWatcher(
            kubernetes,
            told::add,
            List::of,
            new ManagedDatabases(namespace),
            List.of(namespace),
            Duration.ofMinutes(10),
            Duration.ofHours(1));
    watcher.start();
  }

  @AfterEach
  void tidy() {
    watcher.close();
    kubernetes.namespaces().withName(namespace).delete();
    kubernetes.close();
  }

  @Test
  void changesAreToldAndStatusesAreNot() {
    expect(Notice.InstanceChanged.class);
    create(
        "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: Database, metadata: {name: db-1}, spec:"
            + " {type: postgres, host: h, port: 1, database: d, credentialsRef: {name: creds}}}",
        DatabaseResource.class);
    expect(Notice.ConnectionNew.class);
    expect(Notice.InstanceChanged.class);

    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName("creds")
            .endMetadata()
            .withStringData(Map.of("password", "1"))
            .build();
    kubernetes.resource(secret).inNamespace(namespace).create();
    expect(Notice.ConnectionChanged.class);
    expect(Notice.InstanceChanged.class);
    patch("{\"status\":{\"phase\":\"Connected\",\"observedGeneration\":1}}", "status");
    kubernetes
        .secrets()
        .inNamespace(namespace)
        .withName("creds")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"stringData\":{\"password\":\"2\"}}");
    expect(Notice.ConnectionChanged.class);
    expect(Notice.InstanceChanged.class);

    patch("{\"status\":{\"message\":\"x\"}}", "status");
    kubernetes
        .resources(DatabaseResource.class)
        .inNamespace(namespace)
        .withName("db-1")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"host\":\"other\"}}");
    expect(Notice.ConnectionChanged.class);
    expect(Notice.InstanceChanged.class);
    kubernetes.resources(DatabaseResource.class).inNamespace(namespace).withName("db-1").delete();
    expect(Notice.ConnectionGone.class);
    expect(Notice.InstanceChanged.class);
    assertThat(told).isEmpty();
  }

  private void expect(Class<? extends Notice> kind) {
    await().atMost(Duration.ofSeconds(20)).until(() -> told.stream().anyMatch(kind::isInstance));
    told.stream().filter(kind::isInstance).findFirst().ifPresent(told::remove);
  }

  private void patch(String patch, String subresource) {
    kubernetes
        .resources(DatabaseResource.class)
        .inNamespace(namespace)
        .withName("db-1")
        .subresource(subresource)
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private <T extends HasMetadata> void create(String yaml, Class<T> type) {
    kubernetes.resource(Serialization.unmarshal(yaml, type)).inNamespace(namespace).create();
  }
}
