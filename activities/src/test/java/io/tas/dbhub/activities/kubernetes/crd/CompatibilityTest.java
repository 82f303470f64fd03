package io.tas.dbhub.activities.kubernetes.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.core.model.SslMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every manifest that the CRDs in use accept, ours accept with the same meaning. What those CRDs
 * say of each field lies in {@code crds-in-use}.
 */
class CompatibilityTest {
  /** A default that is stored would outlive the version it came from: the worker pins the image. */
  private static final Set<String> OTHER_DEFAULT = Set.of("spec.image");

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"databases", "dbhubinstances"})
  void noFieldIsLostOrMeansSomethingElse(String plural) throws IOException {
    Map<String, JsonNode> ours = fields(plural);
    JsonNode theirs = resource(plural);

    SoftAssertions soft = new SoftAssertions();
    theirs
        .properties()
        .forEach(
            field -> {
              JsonNode our = ours.get(field.getKey());
              soft.assertThat(our).as(field.getKey()).isNotNull();
              if (our != null) {
                accepts(soft, field.getKey(), our, field.getValue());
              }
            });
    soft.assertAll();
  }

  private static void accepts(SoftAssertions soft, String path, JsonNode our, JsonNode their) {
    soft.assertThat(our.path("type").asText()).as(path).isEqualTo(their.path("type").asText());
    if (!OTHER_DEFAULT.contains(path)) {
      soft.assertThat(our.path("default").toString())
          .as("default of " + path)
          .isEqualTo(their.path("default").toString());
    }
    noStricter(soft, path, our.path("minimum"), their.path("minimum"), -1);
    noStricter(soft, path, our.path("minLength"), their.path("minLength"), -1);
    noStricter(soft, path, our.path("maximum"), their.path("maximum"), 1);
    noStricter(soft, path, our.path("maxLength"), their.path("maxLength"), 1);
    if (our.has("enum")) {
      soft.assertThat(texts(our.path("enum"))).as(path).containsAll(texts(their.path("enum")));
    }
    soft.assertThat(texts(their.path("required")))
        .as(path)
        .containsAll(texts(our.path("required")));
  }

  /** A bound of ours lies where theirs does, or further out. */
  private static void noStricter(
      SoftAssertions soft, String path, JsonNode our, JsonNode their, int outwards) {
    if (our.isNumber()) {
      soft.assertThat(their.isNumber()).as("bound of " + path).isTrue();
      soft.assertThat((our.asLong() - their.asLong()) * outwards)
          .as("bound of " + path)
          .isNotNegative();
    }
  }

  @Test
  void theDefaultsHoldWhereNoServerFillsThemIn() {
    DatabaseSpec database =
        Serialization.unmarshal(
                "---\nspec: {type: mysql, host: h, port: 1, database: d, credentialsRef: {name: c}}",
                DatabaseResource.class)
            .getSpec();
    DBHubInstance instance = Serialization.unmarshal("---\nspec: {}", DBHubInstance.class);

    assertThat(database.readOnly()).isTrue();
    assertThat(database.maxRows()).isEqualTo(1000);
    assertThat(database.sslMode()).isEqualTo(SslMode.DISABLE);
    assertThat(database.connectionTimeout()).isEqualTo(30);
    assertThat(database.queryTimeout()).isEqualTo(15);
    assertThat(database.credentialsRef())
        .isEqualTo(new CredentialsRef("c", null, "username", "password"));
    assertThat(instance.settings()).isEqualTo(DBHubInstanceSpec.defaults());
    assertThat(instance.settings().defaultPolicy().readonly()).isTrue();
    assertThat(instance.settings().replicas()).isEqualTo(1);
    assertThat(new DBHubInstance().settings()).isEqualTo(DBHubInstanceSpec.defaults());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "sse", "stdio"})
  void everyTransportIsStillAccepted(String transport) {
    assertThat(
            Serialization.unmarshal(
                    "---\nspec: {transport: " + transport + "}", DBHubInstance.class)
                .settings()
                .transport())
        .isNotNull();
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static JsonNode resource(String plural) throws IOException {
    try (InputStream in =
        CompatibilityTest.class.getResourceAsStream("/crds-in-use/" + plural + ".json")) {
      return JSON.readTree(in);
    }
  }

  private static Map<String, JsonNode> fields(String plural) throws IOException {
    Path committed = Path.of("..", "deploy", "k8s", "crds", plural + ".dbhub.tas.io.yaml");
    JsonNode crd =
        JSON.valueToTree(Serialization.unmarshal(Files.readString(committed), Map.class));
    Map<String, JsonNode> fields = new TreeMap<>();
    collect("", crd.at("/spec/versions/0/schema/openAPIV3Schema"), fields);
    return fields;
  }

  private static void collect(String path, JsonNode schema, Map<String, JsonNode> fields) {
    fields.put(path, schema);
    schema
        .path("properties")
        .properties()
        .forEach(
            property ->
                collect(
                    path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
                    property.getValue(),
                    fields));
    for (Map.Entry<String, String> part :
        List.of(Map.entry("items", "[]"), Map.entry("additionalProperties", "{}"))) {
      if (schema.path(part.getKey()).isObject()) {
        collect(path + part.getValue(), schema.path(part.getKey()), fields);
      }
    }
  }
}
