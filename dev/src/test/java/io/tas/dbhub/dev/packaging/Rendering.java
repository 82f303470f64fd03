package io.tas.dbhub.dev.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One way of installing the control plane, rendered.
 *
 * @param own where API and worker are
 */
record Rendering(String name, String own, String yaml, List<JsonNode> objects) {
  static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
  static final Path CHART = DEPLOY.resolve("helm").resolve("dbhub-control-plane");
  static final List<String> OVERLAYS =
      List.of("overlays/development", "overlays/production", "overlays/cluster-wide");
  static final List<String> EXAMPLES = List.of("minimal", "production", "cluster-wide");

  private static final YAMLMapper YAML = new YAMLMapper();

  /** A folder below {@code deploy}, as {@code kubectl apply -k} would apply it. */
  static Rendering kustomized(Tools tools, String folder) {
    String yaml = tools.kubectl("kustomize", DEPLOY.resolve(folder).toString()).succeeded().out();
    return new Rendering("kustomize " + folder, "dbhub-system", yaml, objects(yaml));
  }

  /** The chart with one of the example values. */
  static Rendering charted(Tools tools, String example) {
    String yaml =
        tools
            .helm(
                "template",
                "test",
                CHART.toString(),
                "--namespace",
                "dbhub-system",
                "--values",
                values(example).toString())
            .succeeded()
            .out();
    return new Rendering("helm " + example, "dbhub-system", yaml, objects(yaml));
  }

  static Path values(String example) {
    return DEPLOY.resolve("helm").resolve("examples").resolve(example + ".yaml");
  }

  /** Everything that the tests render. */
  static List<Rendering> all(Tools tools) {
    List<Rendering> all = new ArrayList<>();
    all.add(kustomized(tools, "k8s"));
    OVERLAYS.forEach(overlay -> all.add(kustomized(tools, overlay)));
    EXAMPLES.forEach(example -> all.add(charted(tools, example)));
    return all;
  }

  static List<JsonNode> objects(String yaml) {
    try {
      List<JsonNode> documents =
          YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll();
      return documents.stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> objects(Path file) {
    try {
      return objects(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Stream<JsonNode> of(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
  }

  /** The one object of the kind whose name begins so. */
  JsonNode one(String kind, String name) {
    List<JsonNode> found =
        of(kind).filter(o -> o.at("/metadata/name").asText().startsWith(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + kind + " " + name + " in " + this);
    }
    return found.get(0);
  }

  /** The Deployments of API and worker. */
  List<JsonNode> deployments() {
    return of("Deployment").toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
