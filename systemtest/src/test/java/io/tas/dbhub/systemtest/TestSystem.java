package io.tas.dbhub.systemtest;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dev.engine.ChildProcess;
import io.tas.dbhub.dev.engine.KubernetesServer;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.MariaDbServer;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.SystemPorts;
import io.tas.dbhub.dev.system.SystemSettings;
import io.tas.dbhub.storage.inventory.InventoryDriver;
import io.tas.dbhub.systemtest.faults.Directories;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.neo4j.driver.Driver;

/** The running system and, beside it, databases to connect to. Shared by all test classes. */
final class TestSystem implements AutoCloseable {
  /** Probes often, so that a test sees a change soon. */
  static final Map<String, Object> HEALTH =
      Map.of("interval", "10s", "retryInterval", "1s", "jitter", 0.0);

  static final Path TARGET = Path.of("target").toAbsolutePath();

  private final ClusterBefore before;
  private final LocalSystem system;
  private final MariaDbServer mariadb;
  private final PostgresServer postgres;
  private final WorkflowServiceStubs temporal;
  private final Driver neo4j;
  private final Kubectl kubectl;
  private final Queue<String> transcript = new ConcurrentLinkedQueue<>();
  private final Set<String> namespaces = new TreeSet<>(Set.of("default"));
  private final AtomicInteger tenants = new AtomicInteger();
  private final Set<Class<?>> users = ConcurrentHashMap.newKeySet();

  private TestSystem(Path directory, Programs programs) {
    SystemPorts ports = SystemPorts.free();
    this.before = ClusterBefore.leave(programs.kubernetes().orThrow(), directory, ports);
    this.system =
        LocalSystem.start(
            new SystemSettings(
                directory,
                SystemSettings.Kubernetes.REAL,
                Optional.empty(),
                ports,
                HEALTH,
                List.of(),
                true,
                false,
                true),
            programs,
            new Steps(System.out));
    try {
      this.postgres = system.postgres(before.postgresPort());
      this.mariadb =
          MariaDbServer.start(
              programs.mariadb().orThrow(),
              new MariaDbServer.Settings(directory.resolve("mariadb"), ports.all().free()));
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
    this.temporal =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(system.temporal().target()).build());
    Login login = system.neo4j().login();
    this.neo4j =
        InventoryDriver.connect(URI.create(system.neo4j().uri()), login.user(), login.password());
    this.kubectl =
        new Kubectl(
            ((Program.Installed) programs.kubernetes()).executable("kubectl"),
            directory.resolve("kubeconfig"));
  }

  static TestSystem start(Programs programs) {
    return new TestSystem(Directories.emptied(TARGET.resolve("system")), programs);
  }

  LocalSystem local() {
    return system;
  }

  /** What the operator before this one left in the cluster that all tests run on. */
  ClusterBefore before() {
    return before;
  }

  PostgresServer postgres() {
    return postgres;
  }

  MariaDbServer mariadb() {
    return mariadb;
  }

  /** A tenant that no other test has. */
  Tenant newTenant() {
    return new Tenant(this, "tenant-" + tenants.incrementAndGet(), "default");
  }

  ApiClient api(String tenant, String space) {
    String token =
        system.issuer().token("tester@" + tenant, tenant, List.of(space), List.of("operator"));
    return system.api(token, space, transcript::add);
  }

  /** As the administrator. */
  KubernetesClient kubernetes() {
    return system.kubernetes();
  }

  /** As somebody at a terminal. */
  Kubectl kubectl() {
    return kubectl;
  }

  Driver neo4j() {
    return neo4j;
  }

  WorkflowServiceStubs temporal() {
    return temporal;
  }

  WorkflowClient temporal(String namespace) {
    return WorkflowClient.newInstance(
        temporal, WorkflowClientOptions.newBuilder().setNamespace(namespace).build());
  }

  /** A second namespace, without the real worker; made at the first call. */
  String extraNamespace() {
    return extraNamespace("faults");
  }

  /** A namespace without the real worker; made at the first call. */
  synchronized String extraNamespace(String name) {
    if (!namespaces.contains(name)) {
      temporal
          .blockingStub()
          .registerNamespace(
              RegisterNamespaceRequest.newBuilder()
                  .setNamespace(name)
                  .setWorkflowExecutionRetentionPeriod(Durations.fromDays(1))
                  .build());
      AddSearchAttributesRequest.Builder attributes =
          AddSearchAttributesRequest.newBuilder().setNamespace(name);
      SearchAttributes.ALL.forEach(
          key -> attributes.putSearchAttributes(key.getName(), key.getValueType()));
      OperatorServiceStubs operator =
          OperatorServiceStubs.newServiceStubs(
              OperatorServiceStubsOptions.newBuilder()
                  .setTarget(system.temporal().target())
                  .validateAndBuildWithDefaults());
      try {
        await()
            .atMost(Tenant.PATIENCE)
            .ignoreExceptions()
            .until(() -> operator.blockingStub().addSearchAttributes(attributes.build()) != null);
      } finally {
        operator.shutdownNow();
      }
      // Temporal's parts learn of a namespace one after the other.
      await()
          .atMost(Tenant.PATIENCE)
          .ignoreExceptions()
          .until(() -> temporal(name).countWorkflows("DbhubTenant = 'nobody'").getCount() == 0);
      namespaces.add(name);
    }
    return name;
  }

  /** All namespaces of Temporal that a test has worked in. */
  List<String> namespaces() {
    return List.copyOf(namespaces);
  }

  /** The process that answers for Kubernetes. */
  ChildProcess kubernetesApi() {
    return kubernetesServer().processes().get(1);
  }

  KubernetesServer kubernetesServer() {
    return (KubernetesServer) system.cluster().server();
  }

  void usedBy(Class<?> test) {
    users.add(test);
  }

  /** The test classes that have used this system by now. */
  Set<Class<?>> users() {
    return Set.copyOf(users);
  }

  KeyRing keys() {
    try {
      return KeyRing.load(system.directory().resolve("keys"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the API answered to somebody else's client. */
  void note(String answer) {
    transcript.add(answer);
  }

  /** Every answer of the API so far. */
  List<String> transcript() {
    return List.copyOf(transcript);
  }

  /** What nobody may read in a log, beside the canaries: the engines' own passwords, and tokens. */
  List<String> secrets() {
    return List.of(
        system.neo4j().login().password(),
        postgres.superuser().password(),
        mariadb.root().password(),
        keys().dbhubToken(ClusterEngine.NAMESPACE, ClusterEngine.INSTANCE));
  }

  @Override
  public void close() {
    neo4j.close();
    temporal.shutdownNow();
    mariadb.close();
    system.close();
  }
}
