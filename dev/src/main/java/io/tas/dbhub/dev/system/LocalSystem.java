package io.tas.dbhub.dev.system;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.api.ApiApplication;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.Neo4jServer;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.engine.SecretFile;
import io.tas.dbhub.worker.WorkerApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The whole control plane on one machine: engines, API, worker and the node that runs DBHub. */
public final class LocalSystem implements AutoCloseable {
  public static final String TENANT = "acme";
  public static final String SPACE = "default";

  private final SystemSettings settings;
  private final Programs programs;
  private final Steps steps;
  private final Issuer issuer;
  private final Login inventoryLogin;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread stop = new Thread(this::stopBecauseAsked, "stop");
  private boolean closed;

  private final int workerAdminPort;
  private final int apiAdminPort;
  private final TemporalEngine temporal;
  private final ClusterEngine cluster;
  private final Neo4jServer neo4j;
  private final KubernetesClient kubernetes;
  private final JvmProcess worker;
  private final JvmProcess api;
  private Optional<PostgresServer> postgres = Optional.empty();

  /**
   * Starts everything and returns when the API answers and the worker works.
   *
   * @throws EngineException when a part does not start; then none is left running
   */
  public static LocalSystem start(SystemSettings settings, Programs programs, Steps steps) {
    return new LocalSystem(settings, programs, steps);
  }

  private LocalSystem(SystemSettings settings, Programs programs, Steps steps) {
    this.settings = settings;
    this.programs = programs;
    this.steps = steps;
    this.workerAdminPort = settings.ports().all().free();
    this.apiAdminPort = settings.ports().all().free();
    this.issuer = Issuer.in(directory().resolve("issuer"));
    SecretFile.write(
        directory().resolve("token"),
        issuer.token("ada", TENANT, List.of(SPACE), List.of("operator")));
    this.inventoryLogin = Neo4jServer.login(directory().resolve("neo4j"));
    Runtime.getRuntime().addShutdownHook(stop);
    ExecutorService starting = Executors.newCachedThreadPool();
    try {
      CompletableFuture<Program> dbhub = async(starting, programs::dbhub);
      CompletableFuture<Neo4jServer> startingNeo4j = async(starting, this::startNeo4j);
      CompletableFuture<TemporalEngine> startingTemporal = async(starting, this::startTemporal);
      CompletableFuture<ClusterEngine> startingCluster = async(starting, this::startCluster);
      this.cluster = startingCluster.join();
      this.temporal = startingTemporal.join();
      // Both wait for Neo4j by themselves, which takes longest.
      this.worker = startWorker();
      this.api = startApi();
      this.kubernetes = Manifests.client(cluster.admin());
      own(kubernetes);
      Manifests.install(kubernetes);
      Manifests.writeKubeconfig(cluster.admin(), directory().resolve("kubeconfig"));
      steps.say("kubernetes", "resources and the DBHub instance are installed");
      startPods(dbhub.join().orThrow());
      this.neo4j = startingNeo4j.join();
      worker.awaitReady();
      steps.say("worker", "works, process " + worker.pid());
      api.awaitReady();
      steps.say("api", "answers at " + apiUrl());
      writeAddresses();
      supervise();
    } catch (CompletionException e) {
      close();
      throw e.getCause() instanceof EngineException cause ? cause : new EngineException("Start", e);
    } catch (RuntimeException e) {
      close();
      throw e;
    } finally {
      starting.shutdown();
    }
  }

  private Neo4jServer startNeo4j() {
    Neo4jServer started =
        own(
            Neo4jServer.start(
                new Neo4jServer.Settings(
                    directory().resolve("neo4j"), settings.ports().neo4j(), settings.optimized())));
    steps.say("neo4j", "answers at " + started.uri());
    return started;
  }

  private TemporalEngine startTemporal() {
    TemporalEngine started =
        own(
            TemporalEngine.start(
                programs.temporal(),
                directory().resolve("temporal"),
                settings.ports().temporal(),
                settings.ports().temporalUi()));
    steps.say("temporal", "answers at " + started.target());
    return started;
  }

  private ClusterEngine startCluster() {
    Path folder = directory().resolve("kubernetes");
    int port = settings.ports().kubernetes();
    ClusterEngine started =
        own(
            switch (settings.kubernetes()) {
              case IN_MEMORY -> ClusterEngine.inMemory(folder, port);
              case REAL ->
                  ClusterEngine.real(
                      programs,
                      folder,
                      settings.ports().all(),
                      port,
                      settings.kubernetesUsers(),
                      settings.audited());
              case EXISTING -> ClusterEngine.existing(settings.kubeconfig().orElseThrow());
            });
    steps.say("kubernetes", started.description());
    return started;
  }

  private JvmProcess startWorker() {
    Path keys = directory().resolve("keys");
    try {
      KeyRing.generate(keys);
      Files.createDirectories(sqliteDirectory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return own(
        JvmProcess.start(
            new JvmProcess.Launch(
                "worker",
                WorkerApplication.class,
                384,
                directory().resolve("worker"),
                Configurations.worker(settings.ports().worker(), workerAdminPort, this),
                workerAdmin().resolve("healthcheck"),
                settings.optimized())));
  }

  private JvmProcess startApi() {
    return own(
        JvmProcess.start(
            new JvmProcess.Launch(
                "api",
                ApiApplication.class,
                256,
                directory().resolve("api"),
                Configurations.api(settings.ports().api(), apiAdminPort, this),
                URI.create(apiUrl() + "openapi.json"),
                settings.optimized())));
  }

  private void startPods(Program.Installed dbhub) {
    if (!settings.pods()) {
      return;
    }
    if (settings.kubernetes() == SystemSettings.Kubernetes.EXISTING
        && !kubernetes.nodes().list().getItems().isEmpty()) {
      steps.say("dbhub", "runs on the nodes of the cluster");
      return;
    }
    own(Pods.run(kubernetes, dbhub, directory().resolve("node"), settings.ports().dbhub()));
  }

  /** The sample PostgreSQL; started at the first call. */
  public synchronized PostgresServer postgres(int port) {
    if (postgres.isEmpty()) {
      postgres =
          Optional.of(
              own(
                  PostgresServer.start(
                      programs.postgres().orThrow(),
                      new PostgresServer.Settings(directory().resolve("postgres"), port))));
      steps.say("postgres", "answers at 127.0.0.1:" + port);
      writeAddresses();
    }
    return postgres.get();
  }

  /** Calls the API with a token. */
  public ApiClient api(String token) {
    return api(token, SPACE, answer -> {});
  }

  public ApiClient api(String token, String space, Consumer<String> transcript) {
    return new ApiClient(URI.create(apiUrl()), token, space, transcript);
  }

  public Path directory() {
    return settings.directory();
  }

  public Path sqliteDirectory() {
    return directory().resolve("sqlite");
  }

  Path keys() {
    return directory().resolve("keys");
  }

  String inventoryUri() {
    return Neo4jServer.uri(settings.ports().neo4j());
  }

  Login inventoryLogin() {
    return inventoryLogin;
  }

  public Issuer issuer() {
    return issuer;
  }

  /** The token in {@code .dbhub/token}: an operator of the sample tenant. */
  public String token() {
    try {
      return Files.readString(directory().resolve("token"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TemporalEngine temporal() {
    return temporal;
  }

  public ClusterEngine cluster() {
    return cluster;
  }

  public Neo4jServer neo4j() {
    return neo4j;
  }

  /** As the administrator. */
  public KubernetesClient kubernetes() {
    return kubernetes;
  }

  public JvmProcess worker() {
    return worker;
  }

  /** Health and metrics of the worker. */
  public URI workerAdmin() {
    return URI.create("http://127.0.0.1:" + workerAdminPort + "/");
  }

  /** Health and metrics of the API. */
  public URI apiAdmin() {
    return URI.create("http://127.0.0.1:" + apiAdminPort + "/");
  }

  public JvmProcess apiProcess() {
    return api;
  }

  public String warning() {
    return temporal.warning();
  }

  public SystemSettings settings() {
    return settings;
  }

  private String apiUrl() {
    return "http://127.0.0.1:" + settings.ports().api() + "/api/v1/";
  }

  /** Where AI agents connect. */
  public String mcpUrl() {
    return "http://127.0.0.1:" + settings.ports().api() + "/mcp";
  }

  /** What is where, for people. */
  public Map<String, String> addresses() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("API", apiUrl());
    all.put("OpenAPI", apiUrl() + "openapi.json");
    all.put("MCP, for agents", mcpUrl());
    all.put("Temporal's UI", temporal.uiUrl().isEmpty() ? "none" : temporal.uiUrl());
    all.put("Token", directory().resolve("token").toString());
    all.put("Kubeconfig", directory().resolve("kubeconfig").toString());
    all.put("All as variables", directory().resolve("env").toString());
    return all;
  }

  private void writeAddresses() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("DBHUB_API", apiUrl().replaceAll("/$", ""));
    variables.put("DBHUB_URL", "http://127.0.0.1:" + settings.ports().api());
    variables.put("DBHUB_MCP", mcpUrl());
    variables.put("DBHUB_TOKEN_FILE", directory().resolve("token").toString());
    variables.put("DBHUB_SPACE", SPACE);
    variables.put("TEMPORAL_ADDRESS", temporal.target());
    variables.put("TEMPORAL_UI", temporal.uiUrl());
    variables.put("KUBECONFIG", directory().resolve("kubeconfig").toString());
    variables.put("NEO4J_URI", neo4j.uri());
    variables.put("NEO4J_USERNAME", neo4j.login().user());
    variables.put("NEO4J_PASSWORD", neo4j.login().password());
    variables.put("DBHUB_ENDPOINT", "http://127.0.0.1:" + settings.ports().dbhub());
    variables.put("DBHUB_WORKER_PID", String.valueOf(worker.pid()));
    variables.put("SQLITE_DIRECTORY", sqliteDirectory().toString());
    postgres.ifPresent(
        server -> {
          variables.put("POSTGRES_HOST", server.host());
          variables.put("POSTGRES_PORT", String.valueOf(server.port()));
          variables.put("POSTGRES_SUPERUSER", server.superuser().user());
          variables.put("POSTGRES_SUPERUSER_PASSWORD", server.superuser().password());
        });
    StringBuilder text = new StringBuilder();
    variables.forEach(
        (name, value) ->
            text.append("export ")
                .append(name)
                .append("='")
                .append(value.replace("'", "'\\''"))
                .append("'\n"));
    SecretFile.write(directory().resolve("env"), text.toString());
  }

  /** Returns when this JVM is asked to end. */
  public void awaitStop() {
    try {
      stopping.await();
      stop.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopBecauseAsked() {
    stopping.countDown();
    steps.say("stop", "stopping everything");
    close();
  }

  private void supervise() {
    Supervisor supervisor = new Supervisor(steps, stopping);
    supervisor.revive("worker", worker, this::writeAddresses);
    supervisor.revive("api", api, this::writeAddresses);
    temporal.process().ifPresent(process -> supervisor.watch("temporal", process));
    supervisor.watch("neo4j", neo4j.process());
    supervisor.start();
  }

  private static <T> CompletableFuture<T> async(ExecutorService pool, Supplier<T> start) {
    return CompletableFuture.supplyAsync(start, pool);
  }

  /** Closed with the system, the last first; at once where the system is closed already. */
  private <T extends AutoCloseable> T own(T part) {
    synchronized (running) {
      if (!closed) {
        running.push(part);
        return part;
      }
    }
    closeOne(part);
    throw new EngineException("The system is being stopped");
  }

  @Override
  public void close() {
    stopping.countDown();
    synchronized (running) {
      closed = true;
      while (!running.isEmpty()) {
        closeOne(running.pop());
      }
    }
    if (Thread.currentThread() != stop) {
      forgetHook();
    }
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException endingAlready) {
      // It runs, and finds nothing left to close.
    }
  }

  private void closeOne(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      steps.say("stop", "a part did not stop in order: " + e.getMessage());
    }
  }
}
