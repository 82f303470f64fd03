package io.tas.dbhub.dev.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dev.engine.KubernetesServer;
import io.tas.dbhub.dev.engine.KubernetesUser;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.Needed;
import io.tas.dbhub.dev.engine.Neo4jServer;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.node.ContainerImage;
import io.tas.dbhub.dev.node.LocalNode;
import io.tas.dbhub.dev.node.ServiceProxy;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.Issuer;
import io.tas.dbhub.dev.system.Manifests;
import io.tas.dbhub.dev.system.TemporalEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The control plane from its manifests: an overlay on the development one is applied to a real API
 * server, and its Pods run what the images would, on real engines, under the rights, Secrets,
 * ConfigMaps and probes that the manifests give them.
 */
class PackagedSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final KubernetesUser WORKER =
      KubernetesUser.serviceAccount("dbhub-system", "dbhub-worker");

  private final Path directory = Path.of("target", "packaged").toAbsolutePath();

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Ports ports = new Ports();
  private final int apiPort = ports.free();
  private final int workerPort = ports.free();
  private Issuer issuer;
  private Tools tools;

  @BeforeEach
  void install() throws Exception {
    Images.entryPoint("api", 256);
    Programs programs = Needed.programs();
    Program.Installed temporalProgram = Needed.installed(programs.temporal());
    Program.Installed kubernetesProgram = Needed.installed(programs.kubernetes());
    Program.Installed dbhub = Needed.installed(programs.dbhub());
    Program.Installed postgresProgram = Needed.installed(programs.postgres());
    emptyDirectory();

    Neo4jServer neo4j =
        own(Neo4jServer.start(new Neo4jServer.Settings(directory.resolve("neo4j"), ports.free())));
    TemporalEngine temporal =
        own(
            TemporalEngine.start(
                temporalProgram, directory.resolve("temporal"), ports.free(), ports.free()));
    PostgresServer postgres =
        own(
            PostgresServer.start(
                postgresProgram,
                new PostgresServer.Settings(directory.resolve("postgres"), ports.free())));
    // Of the kind that breaks a file when it is pasted into it.
    Login journal = new Login("journal", "a\"b: {#} 'c' ${HOME}");
    postgres.createDatabase("journal", journal, "SELECT 1");
    KubernetesServer server =
        own(
            KubernetesServer.start(
                kubernetesProgram,
                new KubernetesServer.Settings(
                    directory.resolve("kubernetes"),
                    ports.free(),
                    ports.free(),
                    ports.free(),
                    List.of(WORKER))));
    Path workerKubeconfig =
        server.kubeconfig(WORKER.name(), directory.resolve("worker.kubeconfig"));
    issuer = Issuer.in(directory.resolve("issuer"));
    tools =
        new Tools(
            Files.createDirectories(directory.resolve("home")),
            Optional.of(server.adminKubeconfig()));

    crdsAndNamespace();
    secrets(neo4j.login(), journal);
    Path overlay =
        overlay(
            List.of(
                "DBHUB_TEMPORAL_TARGET=" + temporal.target(),
                "DBHUB_NEO4J_URI=" + neo4j.uri(),
                "DBHUB_JOURNAL_URL=jdbc:postgresql://"
                    + postgres.host()
                    + ":"
                    + postgres.port()
                    + "/journal",
                "DBHUB_AUTH_ISSUER=" + Issuer.NAME,
                "DBHUB_AUTH_AUDIENCE=" + Issuer.AUDIENCE,
                "DBHUB_AUTH_JWKS=" + issuer.jwks().toUri()),
            workerKubeconfig);
    tools.kubectl("apply", "--server-side", "-k", overlay.toString()).succeeded();
    runPods(own(Manifests.client(server.adminKubeconfig())), dbhub);
  }

  @AfterEach
  void stop() throws Exception {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }

  @Test
  void whatTheManifestsRunMakesAConnectionThatAnswers() throws Exception {
    for (String process : List.of("api", "worker")) {
      tools
          .kubectl(
              "-n",
              "dbhub-system",
              "rollout",
              "status",
              "deployment/dbhub-" + process,
              "--timeout=" + PATIENCE.toSeconds() + "s")
          .succeeded();
    }
    library();
    ApiClient api =
        new ApiClient(
            URI.create("http://127.0.0.1:" + apiPort + "/api/v1/"),
            issuer.token("ada", "acme", List.of("default"), List.of("operator")),
            "default",
            answer -> {});

    JsonNode made =
        await("a connection")
            .atMost(PATIENCE)
            .until(
                () ->
                    api.post(
                        "databases",
                        Map.of("name", "library", "type", "sqlite", "database", "library.db"),
                        Map.of("Idempotency-Key", "one")),
                answer -> answer.status() == 200 || answer.status() == 201)
            .body();
    String id = made.path("id").asText();
    await("rows through DBHub")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        api.post(
                                "databases/query",
                                Map.of("database_id", id, "query", "SELECT title FROM books"))
                            .text())
                    .contains("Faust"));
    assertThat(policed()).as("the NetworkPolicy is for the pods that run").isNotEmpty();
    await("the entry in the journal")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(api.get("audit?object_id=" + id).text()).contains("Provision"));
  }

  /** The pods of DBHub that the policy dbhub-servers selects. */
  private String policed() {
    return tools
        .kubectl(
            "-n",
            "tas-mcp-servers",
            "get",
            "pods",
            "-o",
            "name",
            "-l",
            "app.kubernetes.io/managed-by=dbhub-control-plane,app.kubernetes.io/name=dbhub")
        .succeeded()
        .out();
  }

  private void crdsAndNamespace() {
    tools
        .kubectl("apply", "--server-side", "-f", Rendering.DEPLOY.resolve("k8s/crds").toString())
        .succeeded();
    tools
        .kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all")
        .succeeded();
    tools
        .kubectl(
            "apply",
            "--server-side",
            "-f",
            Rendering.DEPLOY.resolve("k8s/system-namespace.yaml").toString())
        .succeeded();
  }

  private void secrets(Login neo4j, Login journal) throws IOException {
    Path keys = directory.resolve("keys");
    KeyRing.generate(keys);
    tools
        .kubectl(
            "-n",
            "dbhub-system",
            "create",
            "secret",
            "generic",
            "dbhub-keys",
            "--from-file=" + keys)
        .succeeded();
    secret("dbhub-neo4j", neo4j);
    secret("dbhub-journal", journal);
  }

  private void secret(String name, Login login) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("secrets").resolve(name));
    Files.writeString(folder.resolve("username"), login.user());
    Files.writeString(folder.resolve("password"), login.password());
    tools
        .kubectl("-n", "dbhub-system", "create", "secret", "generic", name, "--from-file=" + folder)
        .succeeded();
  }

  /**
   * As an operator would write one's own; but the login to Kubernetes is a file, not the pod's. It
   * stands in the configuration, for a path in the environment could be one in the pod's own /tmp.
   */
  private Path overlay(List<String> settings, Path workerKubeconfig) throws IOException {
    Path overlay = Files.createDirectories(directory.resolve("overlay"));
    Path sqlite = Files.createDirectories(directory.resolve("sqlite"));
    Files.writeString(
        overlay.resolve("worker.yml"),
        Files.readString(Rendering.DEPLOY.resolve("k8s/config/worker.yml"))
            .replace("kubeconfig: ${KUBECONFIG:-\"\"}", "kubeconfig: '" + workerKubeconfig + "'")
            .replace("sqliteDirectory: \"\"", "sqliteDirectory: '" + sqlite + "'")
            .replace("sqliteHostPath: \"\"", "sqliteHostPath: '" + sqlite + "'")
            .replace("externalEndpoints: false", "externalEndpoints: true"));
    Files.writeString(
        overlay.resolve("api.yml"),
        Files.readString(Rendering.DEPLOY.resolve("k8s/config/api.yml"))
            .replace("${DBHUB_WORKERS:-http://127.0.0.1:8083}", "http://127.0.0.1:" + workerPort));
    StringBuilder literals = new StringBuilder();
    settings.forEach(setting -> literals.append("      - ").append(setting).append('\n'));
    Files.writeString(
        overlay.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - %s
        configMapGenerator:
          - name: dbhub-worker
            namespace: dbhub-system
            behavior: merge
            files: [worker.yml]
          - name: dbhub-api
            namespace: dbhub-system
            behavior: merge
            files: [api.yml]
          - name: dbhub-settings
            namespace: dbhub-system
            behavior: merge
            literals:
        %s\
        patches:
          # No name leads to a pod here: the node gives a Service a port, and a headless one none.
          - target:
              kind: Service
              name: dbhub-worker
            patch: |
              - op: remove
                path: /spec/clusterIP
        """
            .formatted(
                overlay.relativize(Rendering.DEPLOY.resolve("overlays/development")), literals));
    return overlay;
  }

  private void runPods(KubernetesClient kubernetes, Program.Installed dbhub) throws IOException {
    Map<String, ContainerImage> images =
        Map.of(
            "dbhub-api:dev",
            new ContainerImage(Images.entryPoint("api", 256), Map.of()),
            "dbhub-worker:dev",
            new ContainerImage(Images.entryPoint("worker", 384), Map.of()),
            "bytebase/dbhub:1.4.0",
            new ContainerImage(
                List.of(dbhub.executable("dbhub").toString()), Map.of("DBHUB_HOST", "$(POD_IP)")));
    ServiceProxy proxy =
        own(
            new ServiceProxy(
                kubernetes,
                directory.resolve("services"),
                Map.of(
                    "dbhub-system/dbhub-api", apiPort, "dbhub-system/dbhub-worker", workerPort)));
    proxy.start();
    own(new LocalNode(
            kubernetes,
            "packaged",
            directory.resolve("node"),
            image -> Optional.ofNullable(images.get(image)),
            proxy))
        .start();
  }

  /** In the folder of the tenant. */
  private void library() throws IOException, SQLException {
    Path file = Files.createDirectories(directory.resolve("sqlite/acme")).resolve("library.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE books (title TEXT)");
      statement.execute("INSERT INTO books VALUES ('Faust')");
    }
  }

  private void emptyDirectory() throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(directory);
  }

  private <T extends AutoCloseable> T own(T part) {
    running.push(part);
    return part;
  }
}
