package io.tas.dbhub.dev.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tas.dbhub.dev.cluster.MemoryCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNodeTest {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final ImageCatalogue IMAGES =
      image ->
          image.startsWith("fake:")
              ? Optional.of(
                  new ContainerImage(
                      List.of(
                          JAVA,
                          "-Xshare:auto",
                          "-XX:TieredStopAtLevel=1",
                          "-cp",
                          System.getProperty("java.class.path"),
                          FakeServer.class.getName()),
                      Map.of("FAKE_HOST", "$(POD_IP)")))
              : Optional.empty();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path directory;
  private MemoryCluster cluster;
  private KubernetesClient client;
  private ServiceProxy proxy;
  private LocalNode node;

  @BeforeAll
  static void patience() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  @BeforeEach
  void start() throws IOException {
    cluster = MemoryCluster.start(directory.resolve("cluster"), 0);
    client = new KubernetesClientBuilder().withConfig(cluster.clientConfig()).build();
    startNode();
  }

  private void startNode() throws IOException {
    proxy = new ServiceProxy(client, directory.resolve("proxy"), Map.of());
    proxy.start();
    node = new LocalNode(client, "dev", directory.resolve("node"), IMAGES, proxy);
    node.start();
  }

  @AfterEach
  void stop() {
    node.close();
    proxy.close();
    client.close();
    cluster.close();
  }

  @Test
  void aDeploymentIsServedRolledWithoutARefusalAndCleanedUp() throws Exception {
    apply(1, "a");
    String endpoint = endpoint();
    String first = get(endpoint);
    assertThat(first).startsWith("toml|s3cret|web-").contains("|127.");
    assertThat(
            client
                .services()
                .inNamespace("default")
                .withName("web")
                .get()
                .getMetadata()
                .getAnnotations())
        .containsEntry(ServiceProxy.EXTERNAL_ENDPOINT, endpoint);
    Pod old = pods().get(0);
    assertThat(old.getStatus().getPhase()).isEqualTo("Running");
    long pid = pid(old);

    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    List<String> refused = new CopyOnWriteArrayList<>();
    ExecutorService clients = Executors.newFixedThreadPool(4);
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      running.add(
          CompletableFuture.runAsync(
              () -> {
                while (!enough.get()) {
                  try {
                    get(endpoint);
                    answered.incrementAndGet();
                  } catch (IOException | InterruptedException e) {
                    refused.add(e.toString());
                  }
                }
              },
              clients));
    }
    apply(1, "b");
    await().until(() -> pods().size() == 1 && !name(pods().get(0)).equals(name(old)));
    await().until(() -> !get(endpoint).equals(first));
    enough.set(true);
    CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    clients.shutdown();
    assertThat(refused).isEmpty();
    assertThat(answered.get()).isPositive();
    assertThat(alive(pid)).isFalse();

    long second = pid(pods().get(0));
    client.apps().deployments().inNamespace("default").withName("web").delete();
    await().until(() -> pods().isEmpty());
    assertThat(alive(second)).isFalse();
    await().until(() -> isEmptyFolder(directory.resolve("node/pods")));
  }

  @Test
  void twoPodsListenOnTheSamePortAndShareTheWork() throws Exception {
    apply(2, "a");
    String endpoint = endpoint();
    await()
        .until(
            () ->
                Objects.equals(
                    2,
                    client
                        .apps()
                        .deployments()
                        .inNamespace("default")
                        .withName("web")
                        .get()
                        .getStatus()
                        .getReadyReplicas()));
    String one = freshGet(endpoint);
    await().until(() -> !freshGet(endpoint).equals(one));
  }

  @Test
  void aPodWaitsForItsSecretAndSaysSo() {
    load(objects(1, "a"));
    client.configMaps().inNamespace("default").resource(configMap()).create();
    await()
        .until(
            () ->
                pods().stream()
                    .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                    .map(status -> status.getState().getWaiting())
                    .anyMatch(
                        waiting ->
                            waiting != null
                                && "secret \"web\" not found".equals(waiting.getMessage())));
    client.secrets().inNamespace("default").resource(secret()).create();
    await().until(() -> ready(pods()));
  }

  @Test
  void aCrashedContainerIsStartedAgainAndCounted() throws Exception {
    apply(1, "a");
    String endpoint = endpoint();
    String pod = name(pods().get(0));
    assertThatThrownBy(() -> get(endpoint + "/crash")).isInstanceOf(IOException.class);
    await()
        .until(
            () -> pods().get(0).getStatus().getContainerStatuses().get(0).getRestartCount() == 1);
    await().until(() -> ready(pods()));
    assertThat(name(pods().get(0))).isEqualTo(pod);
    assertThat(
            pods()
                .get(0)
                .getStatus()
                .getContainerStatuses()
                .get(0)
                .getLastState()
                .getTerminated()
                .getExitCode())
        .isEqualTo(3);
    assertThat(get(endpoint)).startsWith("toml|");
  }

  @Test
  void anImageThatNothingStandsForIsSaid() {
    load(objects(1, "a").replace("fake:1", "other:1"));
    await()
        .until(
            () ->
                pods().stream()
                    .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                    .map(status -> status.getState().getWaiting())
                    .anyMatch(w -> w != null && "ErrImagePull".equals(w.getReason())));
  }

  @Test
  void theNextNodeRunsTheSamePodsOnTheSamePort() throws Exception {
    apply(1, "a");
    String endpoint = endpoint();
    Pod before = pods().get(0);
    long pid = pid(before);
    node.close();
    proxy.close();
    assertThat(alive(pid)).isFalse();
    assertThat(ready(pods())).isFalse();
    startNode();
    await().until(() -> ready(pods()));
    assertThat(name(pods().get(0))).isEqualTo(name(before));
    assertThat(endpoint()).isEqualTo(endpoint);
    assertThat(get(endpoint)).startsWith("toml|");
  }

  @Test
  void whatAKilledNodeLeftRunningIsStopped() throws Exception {
    node.close();
    Path folder = Files.createDirectories(directory.resolve("node/pods/some-uid"));
    ContainerProcess left =
        ContainerProcess.start(new ProcessBuilder("sleep", "600"), folder, "main");
    assertThat(left.running()).isTrue();
    node = new LocalNode(client, "dev", directory.resolve("node"), IMAGES, proxy);
    node.start();
    await().until(() -> !left.running());
    assertThat(folder).doesNotExist();
  }

  private void apply(int replicas, String revision) {
    client.configMaps().inNamespace("default").resource(configMap()).serverSideApply();
    client.secrets().inNamespace("default").resource(secret()).serverSideApply();
    load(objects(replicas, revision));
  }

  private void load(String yaml) {
    client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .inNamespace("default")
        .serverSideApply();
  }

  private static io.fabric8.kubernetes.api.model.ConfigMap configMap() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("web")
        .endMetadata()
        .addToData("dbhub.toml", "toml")
        .build();
  }

  private static io.fabric8.kubernetes.api.model.Secret secret() {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("web")
        .endMetadata()
        .addToStringData("password", "s3cret")
        .build();
  }

  private static String objects(int replicas, String revision) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      selector: {app: web}
      ports: [{port: 80, targetPort: http}]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: %d
      selector: {matchLabels: {app: web}}
      strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
      template:
        metadata:
          labels: {app: web}
          annotations: {revision: "%s"}
        spec:
          containers:
          - name: main
            image: fake:1
            args: [--port, "$(PORT)", --config, /etc/web/dbhub.toml]
            ports: [{name: http, containerPort: 8080}]
            env:
            - {name: PORT, value: "8080"}
            - {name: FAKE_HOST, value: 0.0.0.0}
            - {name: PASSWORD, valueFrom: {secretKeyRef: {name: web, key: password}}}
            - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 2}
            livenessProbe: {tcpSocket: {port: http}, initialDelaySeconds: 30}
            volumeMounts: [{name: config, mountPath: /etc/web}]
          volumes:
          - name: config
            configMap: {name: web}
    """
        .formatted(replicas, revision);
  }

  private String endpoint() {
    await().until(() -> ready(pods()));
    await().until(() -> proxy.endpoint("default", "web").isPresent());
    return proxy.endpoint("default", "web").orElseThrow();
  }

  private String get(String url) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return response.body();
  }

  /** Over a connection of its own. */
  private static String freshGet(String url) throws IOException {
    URLConnection connection = URI.create(url).toURL().openConnection();
    connection.setRequestProperty("Connection", "close");
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<Pod> pods() {
    return client.pods().inNamespace("default").withLabel("app", "web").list().getItems();
  }

  private static boolean ready(List<Pod> pods) {
    return !pods.isEmpty()
        && pods.stream()
            .allMatch(
                pod ->
                    pod.getStatus().getConditions().stream()
                        .anyMatch(
                            c -> c.getType().equals("Ready") && c.getStatus().equals("True")));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private static long pid(Pod pod) {
    String id = pod.getStatus().getContainerStatuses().get(0).getContainerID();
    return Long.parseLong(id.substring("process://".length()));
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
