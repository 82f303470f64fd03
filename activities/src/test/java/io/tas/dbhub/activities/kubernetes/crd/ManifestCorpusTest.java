package io.tas.dbhub.activities.kubernetes.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.activities.kubernetes.crd.ManifestCorpus.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the comparison of the CRDs rests on. */
class ManifestCorpusTest {
  private static final String SCHEMA =
      """
      {"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 3},
        "kind": {"type": "string", "enum": ["one", "two"]},
        "port": {"type": "integer", "minimum": 1, "maximum": 9},
        "on": {"type": "boolean"},
        "ref": {"type": "object", "properties": {"key": {"type": "string"}}},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "list": {"type": "array", "items": {"type": "integer"}}}}
      """;

  @Test
  void everyTwoValuesMeet() {
    int[] sizes = {3, 2, 4, 2, 3};

    List<int[]> rows = Pairs.of(sizes);

    for (int i = 0; i < sizes.length; i++) {
      for (int j = i + 1; j < sizes.length; j++) {
        for (int pair = 0; pair < sizes[i] * sizes[j]; pair++) {
          int first = i;
          int second = j;
          int a = pair / sizes[j];
          int b = pair % sizes[j];
          assertThat(rows).anyMatch(row -> row[first] == a && row[second] == b);
        }
      }
    }
    assertThat(rows).hasSizeLessThan(3 * 2 * 4 * 2 * 3);
  }

  @Test
  void everyFieldIsTriedAtItsLimitsBeyondThemAndAbsent() throws JsonProcessingException {
    List<JsonNode> specs = specs();

    for (String port : List.of("0", "1", "9", "10", "1.5", "\"1\"", "null", "2147483648")) {
      assertThat(specs).anyMatch(spec -> spec.path("port").toString().equals(port));
    }
    for (String name : List.of("\"\"", "\"xxx\"", "\"xxxx\"", "5")) {
      assertThat(specs).anyMatch(spec -> spec.path("name").toString().equals(name));
    }
    for (String kind : List.of("one", "two", "TWO", "neither")) {
      assertThat(specs).anyMatch(spec -> spec.path("kind").asText().equals(kind));
    }
    assertThat(specs).anyMatch(spec -> spec.isObject() && !spec.has("name"));
    assertThat(specs).anyMatch(spec -> spec.path("ref").path("key").isNumber());
    assertThat(specs).anyMatch(spec -> spec.path("ref").has("nobodyKnows"));
    assertThat(specs).anyMatch(spec -> spec.path("labels").path(Trials.KEY).isNumber());
    assertThat(specs).anyMatch(spec -> spec.path("list").path(0).isTextual());
  }

  @Test
  void theSameSchemaMakesTheSameManifests() throws JsonProcessingException {
    assertThat(specs()).isEqualTo(specs());
  }

  private static List<JsonNode> specs() throws JsonProcessingException {
    return new ManifestCorpus(new ObjectMapper().readTree(SCHEMA))
        .all().stream().map(Manifest::spec).toList();
  }
}
