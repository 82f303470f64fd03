package io.tas.dbhub.systemtest.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.engine.SecretFile;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.Waiting;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Engines, proxies before them, and workers that know only the proxies. */
final class Harness implements AutoCloseable {
  /** How many instances of DBHub share the connections: each change rolls out one of them. */
  private static final int LANES = 4;

  private static final Duration ADDRESSES = Duration.ofMinutes(1);

  private final Engines engines;
  private final Plans plans = new Plans();
  private final KubernetesProxy kubernetes;
  private final TcpProxy inventory;
  private final TcpProxy temporal;
  private final TcpProxy target;
  private final TcpProxy journal;
  private final List<TcpProxy> dbhubs = new ArrayList<>();
  private final ControlServer control;
  private final WorkerPool workers;
  private final WorkflowClient client;
  private final World world;
  private final JournalCheck entries;
  private final Scenarios scenarios;
  private final CaseRunner runner;
  private final Subjects subjects;
  private final Starter starter;

  Harness(
      Path directory, Programs programs, int workerCount, boolean fast, long seed, Steps steps) {
    engines = new Engines(directory, programs, steps);
    try {
      for (int lane = 0; lane < LANES; lane++) {
        engines.kubernetes.resource(instance(lane)).create();
      }
      engines
          .kubernetes
          .resources(DBHubInstance.class)
          .inNamespace(ClusterEngine.NAMESPACE)
          .withName(ClusterEngine.INSTANCE)
          .delete();
      Config worker = Config.fromKubeconfig(engines.cluster.worker().toFile());
      kubernetes =
          new KubernetesProxy(
              URI.create(worker.getMasterUrl()), SSLUtils.sslContext(worker), plans);
      inventory = tcp(Engine.INVENTORY, URI.create(engines.neo4j.uri()).getPort());
      temporal = tcp(Engine.TEMPORAL, URI.create("t://" + engines.temporal.target()).getPort());
      entries = new JournalCheck(engines.postgres);
      journal = tcp(Engine.JOURNAL, engines.postgres.port());
      target = tcp(Engine.TARGET, engines.postgres.port());
      // The pool and the control know each other; no worker asks before it runs.
      WorkerPool[] pool = new WorkerPool[1];
      control = new ControlServer(plans, name -> pool[0].kill(name));
      pool[0] =
          new WorkerPool(
              workerCount, directory, control.address(), engines.ports, this::configuration, fast);
      workers = pool[0];
      client = WorkflowClient.newInstance(engines.workflows);
      world = new World(engines, client);
      subjects = new Subjects(engines.postgres, target.port(), LANES, seed);
      starter = new Starter(client, engines.keys.sealer(), world::revision);
      scenarios =
          new Scenarios(engines.postgres, engines.inventory, subjects, starter, world, entries);
      runner = new CaseRunner(subjects, starter, scenarios, plans, world);
      workers.awaitReady();
      for (int lane = 0; lane < LANES; lane++) {
        putBefore(World.INSTANCE + lane);
      }
      steps.say("workers", workerCount + " work");
    } catch (IOException | GeneralSecurityException e) {
      engines.close();
      throw new EngineException("The harness did not start", e);
    } catch (RuntimeException e) {
      engines.close();
      throw e;
    }
  }

  private TcpProxy tcp(Engine engine, int port) {
    return new TcpProxy(engine, "127.0.0.1", port, plans);
  }

  /** A proxy before a DBHub, where the workers find it in its place. */
  private void putBefore(String instance) {
    URI real =
        Waiting.until(
                "the address of " + instance,
                ADDRESSES,
                () -> address(instance),
                Optional::isPresent)
            .orElseThrow();
    TcpProxy proxy = tcp(Engine.DBHUB, real.getPort());
    dbhubs.add(proxy);
    kubernetes.show(real.getAuthority(), "127.0.0.1:" + proxy.port());
  }

  private Optional<URI> address(String instance) {
    return Optional.ofNullable(
            engines
                .kubernetes
                .services()
                .inNamespace(ClusterEngine.NAMESPACE)
                .withName(instance)
                .get())
        .map(service -> service.getMetadata().getAnnotations())
        .map(all -> all.get(Kubernetes.EXTERNAL_ENDPOINT))
        .map(URI::create);
  }

  private static GenericKubernetesResource instance(int lane) {
    return Serialization.unmarshal(
        """
        apiVersion: %s/%s
        kind: DBHubInstance
        metadata:
          name: %s
          namespace: %s
        spec:
          replicas: 1
          port: 8080
          databaseSelector:
            matchLabels:
              app.kubernetes.io/managed-by: dbhub-control-plane
              %s: "%d"
          defaultPolicy:
            readonly: false
            maxRows: 100000
            allowedOperations: [execute_sql, search_objects]
        """
            .formatted(
                Kubernetes.GROUP,
                Kubernetes.VERSION,
                World.INSTANCE + lane,
                ClusterEngine.NAMESPACE,
                Subject.LANE,
                lane),
        GenericKubernetesResource.class);
  }

  private String configuration(int adminPort) {
    try {
      Path kubeconfig = engines.directory.resolve("worker.kubeconfig");
      io.fabric8.kubernetes.api.model.Config config =
          Serialization.unmarshal(
              Files.readString(engines.cluster.worker()),
              io.fabric8.kubernetes.api.model.Config.class);
      config
          .getClusters()
          .forEach(
              cluster -> {
                cluster.getCluster().setServer(kubernetes.url().toString());
                cluster.getCluster().setCertificateAuthority(null);
                cluster.getCluster().setCertificateAuthorityData(null);
              });
      SecretFile.write(kubeconfig, Serialization.asYaml(config));
      Map<String, Object> connector = Map.of("type", "http", "bindHost", "127.0.0.1", "port", 0);
      Map<String, Object> admin =
          Map.of("type", "http", "bindHost", "127.0.0.1", "port", adminPort);
      return new ObjectMapper()
          .writeValueAsString(
              Map.of(
                  "temporal", Map.of("target", "127.0.0.1:" + temporal.port()),
                  "inventory",
                      Map.of(
                          "uri",
                          "bolt://127.0.0.1:" + inventory.port(),
                          "user",
                          engines.neo4j.login().user(),
                          "password",
                          engines.neo4j.login().password()),
                  "journal",
                      Map.of(
                          "url",
                          JournalCheck.url(journal.port()),
                          "username",
                          engines.postgres.superuser().user(),
                          "password",
                          engines.postgres.superuser().password()),
                  "kubernetes",
                      Map.of(
                          "kubeconfig",
                          kubeconfig.toString(),
                          "namespace",
                          ClusterEngine.NAMESPACE,
                          // Workers die all the time here: the next one begins sooner to watch.
                          "leaseDuration",
                          "5s"),
                  "keys", engines.directory.resolve("keys").toString(),
                  "probes", Map.of("allowLoopback", true),
                  "dbhub", Map.of("externalEndpoints", true),
                  "server",
                      Map.of(
                          "applicationConnectors", List.of(connector),
                          "adminConnectors", List.of(admin),
                          "requestLog", Map.of("appenders", List.of())),
                  "logging", Map.of("level", "WARN", "loggers", Map.of("io.tas.dbhub", "INFO"))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new EngineException("no configuration for a worker", e);
    }
  }

  Plans plans() {
    return plans;
  }

  CaseRunner runner() {
    return runner;
  }

  Scenarios scenarios() {
    return scenarios;
  }

  Starter starter() {
    return starter;
  }

  Subjects subjects() {
    return subjects;
  }

  World world() {
    return world;
  }

  WorkerPool workers() {
    return workers;
  }

  JournalCheck journal() {
    return entries;
  }

  ControlServer control() {
    return control;
  }

  WorkflowClient client() {
    return client;
  }

  @Override
  public void close() {
    workers.close();
    scenarios.close();
    control.close();
    kubernetes.close();
    inventory.close();
    temporal.close();
    target.close();
    journal.close();
    dbhubs.forEach(TcpProxy::close);
    engines.close();
  }
}
