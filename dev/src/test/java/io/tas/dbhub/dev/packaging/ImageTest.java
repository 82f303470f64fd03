package io.tas.dbhub.dev.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dev.engine.ChildProcess;
import io.tas.dbhub.dev.engine.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * As much of the images as can be seen without Docker: the folder that becomes {@code /app} is run
 * with the Dockerfile's own command, the configuration of the manifests and their environment.
 * Nothing it needs is there, so it says what it waits for.
 */
class ImageTest {
  private static final Duration START = Duration.ofMinutes(5);

  /** A password is a password, whatever it is made of. */
  private static final String HOSTILE = "a\"b'c: {d}\n#${HOME}*&!%@`";

  @TempDir private Path directory;
  private final Ports ports = new Ports();
  private final HttpClient http = HttpClient.newHttpClient();
  private Tools tools;

  @BeforeEach
  void prepare() throws IOException {
    tools = new Tools(directory, Optional.empty());
    KeyRing.generate(directory.resolve("keys"));
    Files.writeString(directory.resolve("kubeconfig"), kubeconfig());
  }

  @ParameterizedTest
  @ValueSource(strings = {"k8s", "overlays/production"})
  void theApiStartsAsTheManifestsSay(String folder) throws Exception {
    startsAsSaid(Rendering.kustomized(tools, folder), "api");
  }

  @ParameterizedTest
  @ValueSource(strings = {"k8s", "overlays/cluster-wide"})
  void theWorkerStartsAsTheManifestsSay(String folder) throws Exception {
    startsAsSaid(Rendering.kustomized(tools, folder), "worker");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "worker"})
  void bothStartAsTheChartSays(String process) throws Exception {
    startsAsSaid(Rendering.charted(tools, "production"), process);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "worker"})
  void theImageIsBuiltFromWhatIsThere(String process) throws IOException {
    String dockerfile = Images.dockerfile(process);
    assertThat(dockerfile)
        .contains("COPY --from=build /source/" + process + "/target/image/ /app/")
        .contains("-pl " + process + " -am package")
        .containsPattern("(?m)^USER \\d+:\\d+$")
        .doesNotContain(":latest");
    assertThat(dockerfile.lines().filter(line -> line.startsWith("ARG ")))
        .allMatch(line -> line.matches("ARG \\w+=[\\w./-]+:\\d+\\.\\d+\\.\\d+\\S*"));
    assertThat(Files.readString(Path.of("..", ".dockerignore")))
        .contains("!pom.xml", "!*/pom.xml", "!*/src/main", "!.mvn");
  }

  private void startsAsSaid(Rendering rendering, String process) throws Exception {
    Map<String, String> environment = environment(rendering, process);
    Path config = directory.resolve(process + ".yml");
    Files.writeString(
        config,
        rendering.one("ConfigMap", "dbhub-" + process).at("/data").path(process + ".yml").asText());
    List<String> command = new ArrayList<>(Images.entryPoint(process, 256));
    command.addAll(List.of("server", config.toString()));
    JsonNode container =
        rendering.one("Deployment", "dbhub-" + process).at("/spec/template/spec/containers/0");
    assertThat(container.path("args"))
        .extracting(JsonNode::asText)
        .isEqualTo(Images.words(process, "CMD"));

    try (ChildProcess running =
        ChildProcess.start(
            new ChildProcess.Command(process, command, environment, directory.resolve("run")))) {
      running.awaitReady(START, () -> status(container, "livenessProbe", environment) == 200);
      assertThat(status(container, "startupProbe", environment)).isEqualTo(200);
      // The API serves what it can; a worker without Temporal, Neo4j and Kubernetes can do nothing.
      assertThat(status(container, "readinessProbe", environment))
          .isEqualTo(process.equals("api") ? 200 : 500);
      assertThat(get(environment.get(adminPort(process)), "/metrics")).contains("jvm_memory");
      assertThat(get(environment.get(adminPort(process)), "/healthcheck")).contains("journal");
      assertThat(Files.readString(running.log())).doesNotContain("hunter2");
    }
  }

  /** What the Deployment and its ConfigMap set, on ports of this machine and with login files. */
  private Map<String, String> environment(Rendering rendering, String process) {
    Map<String, String> environment = new LinkedHashMap<>();
    rendering
        .one("ConfigMap", "dbhub-settings")
        .path("data")
        .properties()
        .forEach(setting -> environment.put(setting.getKey(), setting.getValue().asText()));
    rendering
        .one("Deployment", "dbhub-" + process)
        .at("/spec/template/spec/containers/0/env")
        .forEach(v -> environment.put(v.path("name").asText(), v.path("value").asText("hunter2")));
    environment.replaceAll((name, value) -> value.equals("0.0.0.0") ? "127.0.0.1" : value);
    environment.replaceAll(
        (name, value) -> name.endsWith("_PORT") ? String.valueOf(ports.free()) : value);
    environment.put("DBHUB_NEO4J_PASSWORD", HOSTILE);
    environment.put("DBHUB_KEYS", directory.resolve("keys").toString());
    environment.put("KUBECONFIG", directory.resolve("kubeconfig").toString());
    // The files of a certificate are not here; ImageTest is not about them.
    environment.keySet().removeIf(name -> name.startsWith("DBHUB_TEMPORAL_TLS"));
    // Names that lead nowhere, without asking anybody.
    environment.put("DBHUB_TEMPORAL_TARGET", "127.0.0.1:" + ports.free());
    environment.put("DBHUB_NEO4J_URI", "bolt://127.0.0.1:" + ports.free());
    environment.put("DBHUB_JOURNAL_URL", "jdbc:postgresql://127.0.0.1:" + ports.free() + "/dbhub");
    environment.put("DBHUB_AUTH_JWKS", directory.resolve("jwks.json").toString());
    return environment;
  }

  private static String adminPort(String process) {
    return process.equals("api") ? "DBHUB_API_ADMIN_PORT" : "DBHUB_WORKER_ADMIN_PORT";
  }

  private int status(JsonNode container, String probe, Map<String, String> environment)
      throws IOException, InterruptedException {
    JsonNode get = container.at("/" + probe + "/httpGet");
    String variable =
        get.path("port").asText().equals("http")
            ? "DBHUB_API_PORT"
            : adminPort(container.path("name").asText());
    return ask(environment.get(variable), get.path("path").asText()).statusCode();
  }

  private String get(String port, String path) throws IOException, InterruptedException {
    return ask(port, path).body();
  }

  private HttpResponse<String> ask(String port, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Leads nowhere. */
  private String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        clusters: [{name: none, cluster: {server: 'https://127.0.0.1:%d'}}]
        users: [{name: none, user: {token: none}}]
        contexts: [{name: none, context: {cluster: none, user: none}}]
        current-context: none
        """
        .formatted(ports.free());
  }
}
