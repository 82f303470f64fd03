package io.tas.dbhub.dev.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.engine.KubernetesServer;
import io.tas.dbhub.dev.engine.Needed;
import io.tas.dbhub.dev.engine.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything is installed as deploy/k8s/README.md says, into a real API server. A warning is a
 * failure: about an unknown field, a deprecated kind, or a pod that its namespace does not want.
 */
class InstallationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> STRICTLY =
      List.of("--server-side", "--force-conflicts", "--validate=strict", "--warnings-as-errors");

  @TempDir private static Path directory;
  private static KubernetesServer server;
  private static Tools tools;

  @BeforeAll
  static void start() {
    Ports ports = new Ports();
    server =
        KubernetesServer.start(
            Needed.installed(Needed.programs().kubernetes()),
            new KubernetesServer.Settings(
                directory.resolve("kubernetes"),
                ports.free(),
                ports.free(),
                ports.free(),
                List.of()));
    tools = new Tools(directory, Optional.of(server.adminKubeconfig()));
    apply(resource("foreign-crds.yaml"));
    crds();
    for (String team : List.of("sales", "reports")) {
      tools.kubectl("create", "namespace", team).succeeded();
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** One over the other, as somebody changes from one to the next. */
  @ParameterizedTest
  @ValueSource(
      strings = {"k8s", "overlays/development", "overlays/production", "overlays/cluster-wide"})
  void anOverlayIsAccepted(String folder) {
    Rendering rendering = Rendering.kustomized(tools, folder);
    apply(read(Rendering.DEPLOY.resolve("k8s/namespace.yaml")));
    apply(read(Rendering.DEPLOY.resolve("k8s/system-namespace.yaml")));

    apply(rendering.yaml(), "--dry-run=server");
    apply(rendering.yaml());

    for (JsonNode deployment : rendering.deployments()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(pods(rendering.own(), deployment)).isNotEmpty());
    }
    assertThat(apply(rendering.yaml()).out()).as("applied again").doesNotContain("created");
  }

  static Stream<String> examples() {
    return Rendering.EXAMPLES.stream();
  }

  /** Installed, upgraded and taken away; what people have made in the meantime stays. */
  @ParameterizedTest
  @MethodSource("examples")
  void theChartIsAccepted(String example) {
    String own = "helm-" + example;
    String connections = own + "-connections";
    tools.kubectl("create", "namespace", own).succeeded();
    tools.kubectl("create", "namespace", connections).succeeded();
    String[] install = {
      example,
      Rendering.CHART.toString(),
      "--namespace",
      own,
      "--values",
      Rendering.values(example).toString(),
      "--set",
      "name=" + example,
      "--set",
      "connections.namespace=" + connections,
      "--set",
      "connections.createNamespace=false"
    };
    apply(helm(List.of("template"), install).out(), "--dry-run=server");
    helm(List.of("install", "--dry-run=server"), install);
    helm(List.of("install"), install);
    for (String process : List.of("api", "worker")) {
      assertThat(get(own, "deployment", example + "-" + process)).contains("Deployment");
    }
    assertThat(get(connections, "dbhubinstance", "dbhub")).contains("DBHubInstance");
    apply(
        """
        apiVersion: dbhub.tas.io/v1alpha1
        kind: Database
        metadata: {name: mine, namespace: %s}
        spec: {type: sqlite, database: a.db}
        """
            .formatted(connections));

    String before = generation(own, example + "-worker");
    helm(List.of("upgrade"), install);
    assertThat(generation(own, example + "-worker")).isEqualTo(before);
    helm(List.of("upgrade", "--set", "logLevel=DEBUG"), install);
    assertThat(generation(own, example + "-worker")).isNotEqualTo(before);

    tools.helm("uninstall", example, "--namespace", own).succeeded();
    assertThat(tools.kubectl("get", "deployments", "-n", own, "-o", "name").out()).isEmpty();
    assertThat(get(connections, "database", "mine")).contains("sqlite");
  }

  /** The namespace that the chart makes is not the release's to take away. */
  @Test
  void connectionsOutliveTheRelease() {
    tools
        .helm(
            "install",
            "keeping",
            Rendering.CHART.toString(),
            "--namespace",
            "keeping-system",
            "--create-namespace",
            "--values",
            Rendering.values("minimal").toString(),
            "--set",
            "connections.namespace=kept")
        .succeeded();
    tools.helm("uninstall", "keeping", "--namespace", "keeping-system").succeeded();
    assertThat(tools.kubectl("get", "namespace", "kept", "-o", "jsonpath={.status.phase}").out())
        .isEqualTo("Active");
    assertThat(tools.kubectl("get", "crds", "-o", "name").out())
        .contains("databases.dbhub.tas.io", "dbhubinstances.dbhub.tas.io");
  }

  @Test
  void everySampleIsAccepted() throws IOException {
    try (Stream<Path> samples = Files.list(Rendering.DEPLOY.resolve("k8s/samples"))) {
      for (Path sample : samples.sorted().toList()) {
        String text = read(sample);
        if (text.contains("\n  namespace: ")) {
          apply(text);
        } else {
          apply(text, "--namespace", "sales");
        }
      }
    }
    assertThat(
            tools
                .kubectl("get", "databases", "-A", "-o", "jsonpath={.items[*].spec.type}")
                .out()
                .split(" ", -1))
        .contains("postgres", "mysql", "mariadb", "sqlserver", "sqlite");
  }

  @Test
  void whatNobodyMayWriteIsRefusedWithTheReason() {
    for (JsonNode wrong : Rendering.objects(resource("wrong.yaml"))) {
      Tools.Result refused =
          tools.kubectlReading(
              wrong.toString(),
              "apply",
              "--server-side",
              "--validate=strict",
              "--namespace",
              "sales",
              "-f",
              "-");
      assertThat(refused.code()).as(wrong.at("/metadata/name").asText()).isNotZero();
      assertThat(refused.everything()).contains(wrong.at("/metadata/annotations/refused").asText());
    }
  }

  @Test
  void theTypeOfADatabaseNeverChanges() {
    String database =
        """
        apiVersion: dbhub.tas.io/v1alpha1
        kind: Database
        metadata: {name: fixed, namespace: sales}
        spec: {type: %s, host: h, port: 5432, database: a, credentialsRef: {name: s}}
        """;
    apply(database.formatted("postgres"));
    assertThat(
            tools
                .kubectlReading(database.formatted("mysql"), "apply", "--server-side", "-f", "-")
                .everything())
        .contains("type is immutable");
  }

  private static void crds() {
    tools
        .kubectl("apply", "--server-side", "-f", Rendering.DEPLOY.resolve("k8s/crds").toString())
        .succeeded();
    tools
        .kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all")
        .succeeded();
  }

  private static Tools.Result apply(String yaml, String... more) {
    List<String> arguments = new ArrayList<>(List.of("apply"));
    arguments.addAll(STRICTLY);
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("-f", "-"));
    return tools.kubectlReading(yaml, arguments.toArray(String[]::new)).succeeded();
  }

  private static Tools.Result helm(List<String> command, String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return tools.helm(all.toArray(String[]::new)).succeeded();
  }

  private static String get(String namespace, String kind, String name) {
    return tools.kubectl("get", kind, name, "-n", namespace, "-o", "yaml").succeeded().out();
  }

  private static String generation(String namespace, String deployment) {
    return tools
        .kubectl(
            "get",
            "deployment",
            deployment,
            "-n",
            namespace,
            "-o",
            "jsonpath={.metadata.generation}")
        .succeeded()
        .out();
  }

  /** The controllers made them: the account, the quotas and the namespace's policy let them be. */
  private static String pods(String namespace, JsonNode deployment) {
    String component =
        deployment.at("/metadata/labels").path("app.kubernetes.io/component").asText();
    return tools
        .kubectl(
            "get",
            "pods",
            "-n",
            namespace,
            "-l",
            "app.kubernetes.io/component=" + component,
            "-o",
            "name")
        .out();
  }

  private static String resource(String name) {
    try (InputStream in = InstallationTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
