package io.tas.dbhub.activities.kubernetes.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.KubernetesClients;
import io.tas.dbhub.activities.kubernetes.crd.ManifestCorpus.Manifest;
import io.tas.dbhub.core.names.Kubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hands a corpus of manifests to a real API server, with the CRDs in use and with ours, and
 * compares what it accepts and what it makes of them. Nothing is stored: all are dry runs.
 */
@EnabledIfSystemProperty(named = "kubernetes.kubeconfig", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealCompatibilityTest {
  private static final Path BEFORE = Path.of("src", "test", "resources", "crds-in-use");
  private static final Path OURS = Path.of("..", "deploy", "k8s", "crds");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_ONCE = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The two kinds, and by what one sees whose CRD is in force. */
  enum Kind {
    DATABASE("Database", "databases", DatabaseResource.class) {
      @Override
      boolean ours(JsonNode defaulted) {
        return defaulted.has("active");
      }
    },
    INSTANCE("DBHubInstance", "dbhubinstances", DBHubInstance.class) {
      @Override
      boolean ours(JsonNode defaulted) {
        return !defaulted.has("image");
      }
    };

    private final String kind;
    private final String plural;
    private final Class<? extends CustomResource<?, ?>> type;

    Kind(String kind, String plural, Class<? extends CustomResource<?, ?>> type) {
      this.kind = kind;
      this.plural = plural;
      this.type = type;
    }

    abstract boolean ours(JsonNode defaulted);

    /** Of our CRD. */
    private String file() {
      return plural + ".dbhub.tas.io.yaml";
    }
  }

  /** What the API server says to a manifest. */
  private sealed interface Answer {
    /**
     * @param object as it would be stored
     */
    record Accepted(JsonNode object) implements Answer {}

    record Refused(String why) implements Answer {}
  }

  private final String namespace = "compatibility-" + UUID.randomUUID();
  private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
  private final Map<Kind, List<Manifest>> manifests = new EnumMap<>(Kind.class);
  private final Map<Kind, List<Answer>> before = new EnumMap<>(Kind.class);
  private final Map<Kind, List<Answer>> now = new EnumMap<>(Kind.class);
  private KubernetesClient kubernetes;

  @BeforeAll
  void askBoth() throws Exception {
    kubernetes =
        KubernetesClients.fromKubeconfig(Path.of(System.getProperty("kubernetes.kubeconfig")));
    kubernetes
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    for (Kind kind : Kind.values()) {
      manifests.put(kind, corpus(kind));
      install(kind, BEFORE.resolve(kind.plural + ".yaml"), false);
      before.put(kind, askAll(kind, manifests.get(kind)));
    }
    kubernetes.resource(stored()).inNamespace(namespace).create();
    for (Kind kind : Kind.values()) {
      install(kind, OURS.resolve(kind.file()), true);
      now.put(kind, askAll(kind, manifests.get(kind)));
    }
  }

  @AfterAll
  void tidy() throws IOException {
    pool.shutdownNow();
    if (kubernetes != null) {
      // Also where the comparison broke off: the other tests need ours.
      for (Kind kind : Kind.values()) {
        replace(OURS.resolve(kind.file()));
      }
      kubernetes.namespaces().withName(namespace).delete();
      kubernetes.close();
    }
  }

  private static List<Manifest> corpus(Kind kind) throws IOException {
    ManifestCorpus corpus = new ManifestCorpus(schemaBefore(kind).at("/properties/spec"));
    List<Manifest> manifests = new ArrayList<>(corpus.all());
    if (kind == Kind.DATABASE) {
      ObjectNode file = least(corpus).put("type", "sqlite");
      manifests.addAll(corpus.around(file, 1));
    }
    return manifests;
  }

  private static ObjectNode least(ManifestCorpus corpus) {
    return corpus.all().stream()
        .filter(manifest -> manifest.what().equals("least"))
        .findFirst()
        .orElseThrow()
        .spec()
        .deepCopy();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasAcceptedIsAcceptedAndMeansTheSame(Kind kind) throws IOException {
    JsonNode schema = schemaBefore(kind);
    SoftAssertions soft = new SoftAssertions();
    each(
        kind,
        (manifest, then, today) -> {
          if (then instanceof Answer.Accepted accepted) {
            if (today instanceof Answer.Accepted still) {
              soft.assertThat(meaning(still.object(), schema, manifest))
                  .as(manifest.what())
                  .isEqualTo(meaning(accepted.object(), schema, manifest));
            } else {
              soft.fail("%s is refused: %s", manifest.what(), ((Answer.Refused) today).why());
            }
          }
        });
    soft.assertAll();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasRefusedIsAcceptedForAFileOnly(Kind kind) {
    SoftAssertions soft = new SoftAssertions();
    each(
        kind,
        (manifest, then, today) -> {
          if (then instanceof Answer.Refused && today instanceof Answer.Accepted) {
            // A file needs neither host nor port nor login.
            soft.assertThat(kind).as(manifest.what()).isEqualTo(Kind.DATABASE);
            soft.assertThat(manifest.spec().path("type").asText())
                .as(manifest.what())
                .isEqualTo("sqlite");
          }
        });
    soft.assertAll();
  }

  /** One object that cannot be read would end the watch over all others. */
  @ParameterizedTest
  @EnumSource
  void everythingThatIsAcceptedIsUnderstood(Kind kind) {
    SoftAssertions soft = new SoftAssertions();
    each(
        kind,
        (manifest, then, today) -> {
          if (today instanceof Answer.Accepted accepted) {
            understood(kind, manifest, accepted, soft);
          }
        });
    soft.assertAll();
  }

  @ParameterizedTest
  @EnumSource
  void whatOnlyOursKnowIsUnderstoodToo(Kind kind) throws Exception {
    ManifestCorpus corpus =
        new ManifestCorpus(schema(OURS.resolve(kind.file())).at("/properties/spec"));
    List<Manifest> manifests = corpus.around(least(corpus), 2);
    List<Answer> answers = askAll(kind, manifests);
    SoftAssertions soft = new SoftAssertions();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof Answer.Accepted accepted) {
        understood(kind, manifests.get(i), accepted, soft);
      }
    }
    soft.assertAll();
  }

  private static void understood(
      Kind kind, Manifest manifest, Answer.Accepted accepted, SoftAssertions soft) {
    soft.assertThatCode(() -> JSON.readTree(readAndWritten(kind, accepted.object())))
        .as(manifest.what())
        .doesNotThrowAnyException();
  }

  private static String readAndWritten(Kind kind, JsonNode object) {
    return Serialization.asJson(Serialization.unmarshal(object.toString(), kind.type));
  }

  @ParameterizedTest
  @EnumSource
  void theCorpusTriesWhatIsValidAndWhatIsNot(Kind kind) {
    assertThat(before.get(kind))
        .filteredOn(Answer.Accepted.class::isInstance)
        .hasSizeGreaterThan(80);
    assertThat(before.get(kind))
        .filteredOn(Answer.Refused.class::isInstance)
        .hasSizeGreaterThan(80);
    assertThat(manifests.get(kind)).extracting(Manifest::what).contains("least", "most", "no spec");
  }

  @Test
  void theTypeOfADatabaseThatWasThereBeforeStays() {
    Resource<GenericKubernetesResource> database =
        objects(Kind.DATABASE).inNamespace(namespace).withName("stored");

    assertThatThrownBy(() -> database.patch(merge(), "{\"spec\":{\"type\":\"mysql\"}}"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("type is immutable");
    assertThat(
            database.patch(merge(), "{\"spec\":{\"maxRows\":7}}").<Integer>get("spec", "maxRows"))
        .isEqualTo(7);
  }

  private static PatchContext merge() {
    return PatchContext.of(PatchType.JSON_MERGE);
  }

  /** What is compared of each manifest. */
  @FunctionalInterface
  private interface Comparison {
    void of(Manifest manifest, Answer then, Answer today);
  }

  private void each(Kind kind, Comparison comparison) {
    List<Manifest> all = manifests.get(kind);
    for (int i = 0; i < all.size(); i++) {
      comparison.of(all.get(i), before.get(kind).get(i), now.get(kind).get(i));
    }
  }

  /**
   * The spec without what the CRD before did not know, and without the image that it put in: ours
   * leaves that open, so that it does not outlive the version it came from.
   */
  private static JsonNode meaning(JsonNode object, JsonNode schema, Manifest manifest) {
    JsonNode known = known(object.path("spec"), schema.at("/properties/spec"));
    JsonNode image = manifest.spec().path("image");
    if (known.isObject() && (image.isMissingNode() || image.isNull())) {
      ((ObjectNode) known).remove("image");
    }
    return known;
  }

  private static JsonNode known(JsonNode value, JsonNode schema) {
    if (value.isArray()) {
      var items = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> items.add(known(item, schema.path("items"))));
      return items;
    }
    if (!value.isObject() || !schema.has("properties")) {
      return value;
    }
    ObjectNode known = JsonNodeFactory.instance.objectNode();
    value
        .properties()
        .forEach(
            property -> {
              JsonNode child = schema.path("properties").path(property.getKey());
              if (!child.isMissingNode()) {
                known.set(property.getKey(), known(property.getValue(), child));
              }
            });
    return known;
  }

  private List<Answer> askAll(Kind kind, List<Manifest> manifests) throws Exception {
    List<Callable<Answer>> questions = new ArrayList<>();
    for (Manifest manifest : manifests) {
      questions.add(() -> ask(kind, manifest));
    }
    List<Answer> answers = new ArrayList<>();
    for (Future<Answer> answer : pool.invokeAll(questions)) {
      answers.add(answer.get());
    }
    return answers;
  }

  private Answer ask(Kind kind, Manifest manifest) throws JsonProcessingException {
    GenericKubernetesResource object = object(kind, "trial");
    if (!manifest.spec().isMissingNode()) {
      object.setAdditionalProperty("spec", JSON.convertValue(manifest.spec(), Object.class));
    }
    try {
      GenericKubernetesResource made =
          objects(kind)
              .inNamespace(namespace)
              .resource(object)
              .dryRun()
              .fieldValidation(
                  manifest.strict()
                      ? FieldValidateable.Validation.STRICT
                      : FieldValidateable.Validation.IGNORE)
              .create();
      return new Answer.Accepted(JSON.readTree(Serialization.asJson(made)));
    } catch (KubernetesClientException e) {
      // Whatever else goes wrong says nothing about the manifest.
      if (e.getCode() != 400 && e.getCode() != 422) {
        throw e;
      }
      return new Answer.Refused(e.getMessage());
    }
  }

  private static GenericKubernetesResource object(Kind kind, String name) {
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setApiVersion(Kubernetes.GROUP + "/" + Kubernetes.VERSION);
    object.setKind(kind.kind);
    object.setMetadata(new ObjectMetaBuilder().withName(name).build());
    return object;
  }

  private static GenericKubernetesResource stored() {
    GenericKubernetesResource stored = object(Kind.DATABASE, "stored");
    stored.setAdditionalProperty(
        "spec",
        Map.of(
            "type",
            "postgres",
            "host",
            "h",
            "port",
            5432,
            "database",
            "d",
            "credentialsRef",
            Map.of("name", "c")));
    return stored;
  }

  private MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> objects(
      Kind kind) {
    return kubernetes.genericKubernetesResources(
        new ResourceDefinitionContext.Builder()
            .withGroup(Kubernetes.GROUP)
            .withVersion(Kubernetes.VERSION)
            .withKind(kind.kind)
            .withPlural(kind.plural)
            .withNamespaced(true)
            .build());
  }

  /** Returns when the API server goes by it. */
  private void install(Kind kind, Path file, boolean ours) throws IOException {
    replace(file);
    Manifest least =
        manifests.get(kind).stream()
            .filter(manifest -> manifest.what().equals("least"))
            .findFirst()
            .orElse(new Manifest("", MissingNode.getInstance(), false));
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                ask(kind, least) instanceof Answer.Accepted accepted
                    && kind.ours(accepted.object().path("spec")) == ours);
  }

  /** Wholly: nothing of what was there before stays. */
  private void replace(Path file) throws IOException {
    CustomResourceDefinition wanted =
        Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
    var definition =
        kubernetes
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName(wanted.getMetadata().getName());
    // The API server writes the status of a definition at the same time.
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(
            e -> e instanceof KubernetesClientException failed && failed.getCode() == 409)
        .until(
            () -> {
              CustomResourceDefinition found = definition.get();
              if (found == null) {
                kubernetes.resource(wanted).create();
              } else {
                wanted.getMetadata().setResourceVersion(found.getMetadata().getResourceVersion());
                kubernetes.resource(wanted).update();
              }
              return true;
            });
  }

  private static JsonNode schemaBefore(Kind kind) throws IOException {
    return schema(BEFORE.resolve(kind.plural + ".yaml"));
  }

  private static JsonNode schema(Path file) throws IOException {
    JsonNode definition =
        JSON.valueToTree(Serialization.unmarshal(Files.readString(file), Map.class));
    return definition.at("/spec/versions/0/schema/openAPIV3Schema");
  }
}
