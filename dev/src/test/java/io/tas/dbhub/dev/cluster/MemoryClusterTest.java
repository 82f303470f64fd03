package io.tas.dbhub.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryClusterTest {

  @TempDir Path directory;
  private MemoryCluster cluster;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    cluster = MemoryCluster.start(directory, 0);
    client = new KubernetesClientBuilder().withConfig(cluster.clientConfig()).build();
  }

  @AfterEach
  void stop() {
    client.close();
    cluster.close();
  }

  private void restart() throws IOException {
    stop();
    start();
  }

  @Test
  void withoutTheTokenNothingIsAnswered() {
    Config stranger = new ConfigBuilder(cluster.clientConfig()).withOauthToken("guess").build();
    try (KubernetesClient other = new KubernetesClientBuilder().withConfig(stranger).build()) {
      assertThatThrownBy(() -> other.secrets().inNamespace("default").list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(401));
    }
  }

  @Test
  void aSecretsStringDataIsStoredAsData() {
    Secret secret = secret("a", Map.of("password", "päss"));
    Secret stored = client.secrets().inNamespace("default").resource(secret).create();
    assertThat(stored.getStringData()).isEmpty();
    assertThat(stored.getData()).containsEntry("password", "cMOkc3M=");
    assertThat(stored.getType()).isEqualTo("Opaque");
    assertThat(stored.getMetadata().getUid()).hasSize(36);
    assertThat(stored.getMetadata().getCreationTimestamp()).isNotNull();
  }

  @Test
  void aTakenNameAMissingNameAndAMissingNamespaceAreToldApart() {
    ConfigMap map = map("one", Map.of());
    client.configMaps().inNamespace("default").resource(map).create();
    assertThatThrownBy(() -> client.configMaps().inNamespace("default").resource(map).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(409);
              assertThat(e.getStatus().getReason()).isEqualTo("AlreadyExists");
            });
    assertThat(client.configMaps().inNamespace("default").withName("two").get()).isNull();
    assertThatThrownBy(
            () ->
                client.configMaps().inNamespace("nowhere").resource(map("one", Map.of())).create())
        .hasMessageContaining("namespaces \"nowhere\" not found");
  }

  @Test
  void aWriteOnAnOldVersionIsAConflict() {
    var maps = client.configMaps().inNamespace("default");
    ConfigMap first = maps.resource(map("one", Map.of("a", "1"))).create();
    maps.resource(new ConfigMapBuilder(first).addToData("a", "2").build()).update();
    ConfigMap late = new ConfigMapBuilder(first).addToData("a", "3").build();
    assertThatThrownBy(() -> maps.resource(late).lockResourceVersion().update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> assertThat(e.getStatus().getReason()).isEqualTo("Conflict"));
    assertThat(maps.withName("one").get().getData()).containsEntry("a", "2");
  }

  @Test
  void generateNameGivesEachObjectItsOwn() {
    ConfigMap map =
        new ConfigMapBuilder().withNewMetadata().withGenerateName("x-").endMetadata().build();
    var maps = client.configMaps().inNamespace("default");
    assertThat(maps.resource(map).create().getMetadata().getName())
        .startsWith("x-")
        .isNotEqualTo(maps.resource(map).create().getMetadata().getName());
  }

  @Test
  void anApplyTakesBackWhatItNoLongerNamesAndLeavesForeignFields() {
    var maps = client.configMaps().inNamespace("default");
    maps.resource(map("one", Map.of("mine", "1", "dropped", "1"))).serverSideApply();
    maps.withName("one").edit(m -> new ConfigMapBuilder(m).addToData("foreign", "f").build());
    ConfigMap applied = maps.resource(map("one", Map.of("mine", "2"))).serverSideApply();
    assertThat(applied.getData())
        .containsExactlyInAnyOrderEntriesOf(Map.of("mine", "2", "foreign", "f"));
  }

  @Test
  void theSameApplyTwiceChangesNothing() {
    var maps = client.configMaps().inNamespace("default");
    ConfigMap first = maps.resource(map("one", Map.of("a", "1"))).serverSideApply();
    ConfigMap second = maps.resource(map("one", Map.of("a", "1"))).serverSideApply();
    assertThat(second.getMetadata().getResourceVersion())
        .isEqualTo(first.getMetadata().getResourceVersion());
  }

  @Test
  void anotherManagersFieldIsAConflictUnlessForced() {
    var maps = client.configMaps().inNamespace("default");
    maps.resource(map("one", Map.of("a", "1"))).serverSideApply();
    ConfigMap other = map("one", Map.of("a", "2"));
    PatchContext polite =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("other")
            .withForce(false)
            .build();
    assertThatThrownBy(() -> maps.resource(other).patch(polite))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    PatchContext forced =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("other")
            .withForce(true)
            .build();
    assertThat(maps.resource(other).patch(forced).getData()).containsEntry("a", "2");
  }

  @Test
  void jsonAndMergePatchesChangeOnlyWhatTheyName() {
    var maps = client.configMaps().inNamespace("default");
    maps.resource(map("one", Map.of("a", "1", "b", "1"))).create();
    maps.withName("one")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"a\":null,\"c\":\"3\"}}");
    ConfigMap patched =
        maps.withName("one")
            .patch(
                PatchContext.of(PatchType.JSON),
                "[{\"op\":\"replace\",\"path\":\"/data/b\",\"value\":\"2\"}]");
    assertThat(patched.getData()).containsExactlyInAnyOrderEntriesOf(Map.of("b", "2", "c", "3"));
  }

  @Test
  void selectorsChooseByLabelAndField() {
    var maps = client.configMaps().inNamespace("default");
    maps.resource(labelled("a", Map.of("app", "x", "tier", "1"))).create();
    maps.resource(labelled("b", Map.of("app", "y"))).create();
    assertThat(names(maps.withLabel("app", "x").list().getItems())).containsExactly("a");
    assertThat(names(maps.withLabelIn("app", "x", "y").list().getItems()))
        .containsExactly("a", "b");
    assertThat(names(maps.withoutLabel("tier").withLabel("app").list().getItems()))
        .containsExactly("b");
    assertThat(names(maps.withField("metadata.name", "b").list().getItems())).containsExactly("b");
  }

  @Test
  void anInformerSeesWhatIsAddedChangedAndDeleted() {
    List<String> seen = new CopyOnWriteArrayList<>();
    var maps = client.configMaps().inNamespace("default");
    maps.resource(labelled("before", Map.of("app", "x"))).create();
    try (SharedIndexInformer<ConfigMap> informer =
        maps.withLabel("app", "x").inform(recordInto(seen))) {
      maps.resource(labelled("a", Map.of("app", "x"))).create();
      maps.resource(labelled("other", Map.of("app", "y"))).create();
      await().until(() -> seen.contains("+a"));
      maps.withName("a").edit(m -> new ConfigMapBuilder(m).addToData("k", "v").build());
      await().until(() -> seen.contains("~a"));
      // Leaving the selector is a deletion for this watcher.
      maps.withName("before")
          .edit(
              m ->
                  new ConfigMapBuilder(m)
                      .editMetadata()
                      .addToLabels("app", "z")
                      .endMetadata()
                      .build());
      maps.withName("a").delete();
      await().until(() -> seen.contains("-a") && seen.contains("-before"));
      assertThat(seen).startsWith("+before").doesNotContain("+other");
      assertThat(informer.isWatching()).isTrue();
    }
  }

  @Test
  void dependentsGoWithTheirLastOwner() {
    var maps = client.configMaps().inNamespace("default");
    ConfigMap owner = maps.resource(map("owner", Map.of())).create();
    maps.resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("child")
                .withOwnerReferences(
                    new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName("owner")
                        .withUid(owner.getMetadata().getUid())
                        .build())
                .endMetadata()
                .build())
        .create();
    maps.withName("owner").delete();
    await().until(() -> maps.withName("child").get() == null);
  }

  @Test
  void aFinalizerHoldsAnObjectUntilItIsTakenOff() {
    var maps = client.configMaps().inNamespace("default");
    maps.resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("held")
                .withFinalizers("tas.io/hold")
                .endMetadata()
                .build())
        .create();
    maps.withName("held").delete();
    assertThat(maps.withName("held").get().getMetadata().getDeletionTimestamp()).isNotNull();
    maps.withName("held")
        .edit(m -> new ConfigMapBuilder(m).editMetadata().withFinalizers().endMetadata().build());
    assertThat(maps.withName("held").get()).isNull();
  }

  @Test
  void aSecondStartHasTheSameObjectsAndHigherVersions() throws IOException {
    client.secrets().inNamespace("default").resource(secret("kept", Map.of("a", "1"))).create();
    Secret before = client.secrets().inNamespace("default").withName("kept").get();
    client.secrets().inNamespace("default").resource(secret("gone", Map.of())).create();
    client.secrets().inNamespace("default").withName("gone").delete();
    restart();
    Secret after = client.secrets().inNamespace("default").withName("kept").get();
    assertThat(after).isEqualTo(before);
    assertThat(client.secrets().inNamespace("default").withName("gone").get()).isNull();
    Secret fresh =
        client.secrets().inNamespace("default").resource(secret("new", Map.of())).create();
    assertThat(Long.parseLong(fresh.getMetadata().getResourceVersion()))
        .isGreaterThan(Long.parseLong(before.getMetadata().getResourceVersion()));
  }

  @Test
  void nobodyElseOnTheMachineCanReadTheFiles() throws IOException {
    client.secrets().inNamespace("default").resource(secret("a", Map.of("p", "x"))).create();
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void aNamespaceTakesItsObjectsWithIt() {
    client
        .namespaces()
        .resource(
            new io.fabric8.kubernetes.api.model.NamespaceBuilder()
                .withNewMetadata()
                .withName("team")
                .endMetadata()
                .build())
        .create();
    client.configMaps().inNamespace("team").resource(map("one", Map.of())).create();
    client.namespaces().withName("team").delete();
    await().until(() -> client.configMaps().inNamespace("team").withName("one").get() == null);
  }

  @Test
  void anUnknownTypeIsNotFound() {
    assertThatThrownBy(
            () ->
                client.genericKubernetesResources("nobody.io/v1", "Thing").inAnyNamespace().list())
        .isInstanceOf(KubernetesClientException.class);
  }

  private static ResourceEventHandler<ConfigMap> recordInto(List<String> seen) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(ConfigMap map) {
        seen.add("+" + map.getMetadata().getName());
      }

      @Override
      public void onUpdate(ConfigMap before, ConfigMap map) {
        seen.add("~" + map.getMetadata().getName());
      }

      @Override
      public void onDelete(ConfigMap map, boolean unknown) {
        seen.add("-" + map.getMetadata().getName());
      }
    };
  }

  private static List<String> names(List<ConfigMap> maps) {
    return maps.stream().map(map -> map.getMetadata().getName()).toList();
  }

  private static ConfigMap map(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withData(data)
        .build();
  }

  private static ConfigMap labelled(String name, Map<String, String> labels) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .build();
  }

  private static Secret secret(String name, Map<String, String> data) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withStringData(data)
        .build();
  }
}
