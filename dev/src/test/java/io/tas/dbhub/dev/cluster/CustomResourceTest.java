package io.tas.dbhub.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomResourceTest {

  @TempDir Path directory;
  private MemoryCluster cluster;
  private KubernetesClient client;
  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      gadgets;

  @BeforeEach
  void start() throws IOException {
    cluster = MemoryCluster.start(directory, 0);
    client = new KubernetesClientBuilder().withConfig(cluster.clientConfig()).build();
    gadgets = Definitions.install(client);
  }

  @AfterEach
  void stop() {
    client.close();
    cluster.close();
  }

  @Test
  void defaultsAreFilledInAndUnknownFieldsDropped() {
    GenericKubernetesResource stored = create("a", "{type: sqlite, nonsense: 1, reference: {}}");
    assertThat(stored.<Object>get("spec", "replicas")).isEqualTo(1);
    assertThat(stored.<Object>get("spec", "reference", "key")).isEqualTo("password");
    assertThat(stored.<Object>get("spec", "nonsense")).isNull();
  }

  @Test
  void everyViolationIsNamedAtOnce() {
    assertThatThrownBy(() -> create("a", "{type: oracle, port: 70000, name: A1}"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(422);
              assertThat(e.getStatus().getDetails().getCauses())
                  .extracting(cause -> cause.getField())
                  .containsExactlyInAnyOrder("spec.type", "spec.port", "spec.name");
            });
    assertThatThrownBy(() -> create("a", "{}")).hasMessageContaining("spec.type: Required value");
    assertThat(gadgets.inNamespace("default").list().getItems()).isEmpty();
  }

  @Test
  void theGenerationCountsChangesOfTheSpecOnly() {
    GenericKubernetesResource stored = create("a", "{type: sqlite}");
    assertThat(stored.getMetadata().getGeneration()).isEqualTo(1);
    stored.setAdditionalProperty("status", Map.of("phase", "Connected"));
    GenericKubernetesResource withStatus =
        gadgets.inNamespace("default").resource(stored).updateStatus();
    assertThat(withStatus.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(withStatus.<String>get("status", "phase")).isEqualTo("Connected");
    GenericKubernetesResource changed =
        gadgets
            .inNamespace("default")
            .resource(Definitions.gadget("a", "{type: postgres}"))
            .forceConflicts()
            .serverSideApply();
    assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
    assertThat(changed.<String>get("status", "phase")).isEqualTo("Connected");
  }

  @Test
  void aStatusSentWithTheObjectIsIgnored() {
    GenericKubernetesResource gadget = Definitions.gadget("a", "{type: sqlite}");
    gadget.setAdditionalProperty("status", Map.of("phase", "Forged"));
    GenericKubernetesResource stored = gadgets.inNamespace("default").resource(gadget).create();
    assertThat(stored.<Object>get("status")).isNull();
  }

  @Test
  void conditionsOfTwoManagersLiveSideBySide() {
    create("a", "{type: sqlite}");
    applyCondition("first", "Ready", "True");
    applyCondition("second", "Synced", "False");
    GenericKubernetesResource now = applyCondition("first", "Ready", "False");
    List<Map<String, Object>> conditions = now.get("status", "conditions");
    assertThat(conditions)
        .containsExactlyInAnyOrder(
            Map.of("type", "Ready", "status", "False"),
            Map.of("type", "Synced", "status", "False"));
  }

  @Test
  void aDeletedDefinitionTakesItsObjectsWithIt() {
    create("a", "{type: sqlite}");
    client.apiextensions().v1().customResourceDefinitions().withName("gadgets.example.io").delete();
    assertThatThrownBy(() -> gadgets.inNamespace("default").list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    Definitions.install(client);
    await().until(() -> gadgets.inNamespace("default").list().getItems().isEmpty());
  }

  private GenericKubernetesResource applyCondition(String manager, String type, String status) {
    GenericKubernetesResource gadget = Definitions.gadget("a", "{}");
    gadget.getAdditionalProperties().remove("spec");
    gadget.setAdditionalProperty(
        "status", Map.of("conditions", List.of(Map.of("type", type, "status", status))));
    return gadgets
        .inNamespace("default")
        .resource(gadget)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .build(),
            gadget);
  }

  private GenericKubernetesResource create(String name, String spec) {
    return gadgets.inNamespace("default").resource(Definitions.gadget(name, spec)).create();
  }
}
