package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.inventory.InventoryActivities;
import io.tas.dbhub.activities.jdbc.JdbcProbeActivities;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.activities.kubernetes.ConnectionReader;
import io.tas.dbhub.activities.kubernetes.KubernetesClients;
import io.tas.dbhub.activities.kubernetes.KubernetesConnectionResources;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.deprovision.DeprovisionRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.core.provision.ProvisionRequest;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.workflows.WorkflowTypes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every step may take place and yet fail. A worker of our own, in a namespace of its own, acts on
 * the same engines with the rights of the real one, and loses the answers it is told to.
 */
@ExtendWith(RealSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultInjectionTest {
  private final TestSystem system;
  private final KeyRing keys;
  private final LostAnswers lost = new LostAnswers();
  private final KubernetesClient kubernetes;
  private final TargetProber prober;
  private final WorkflowClient client;
  private final WorkerFactory workers;

  FaultInjectionTest(TestSystem system) throws IOException {
    this.system = system;
    this.keys = system.keys();
    this.kubernetes = KubernetesClients.fromKubeconfig(system.local().cluster().worker());
    this.client = system.temporal(system.extraNamespace());
    this.workers = WorkerFactory.newInstance(client);
    workers
        .newWorker(TaskQueues.WORKFLOWS)
        .registerWorkflowImplementationTypes(WorkflowTypes.ALL.toArray(Class<?>[]::new));
    workers
        .newWorker(TaskQueues.KUBERNETES)
        .registerActivitiesImplementations(
            lost.around(
                new KubernetesConnectionResources(
                    kubernetes, keys.sealer(), ClusterEngine.NAMESPACE)));
    workers
        .newWorker(TaskQueues.INVENTORY)
        .registerActivitiesImplementations(
            lost.around(new InventoryActivities(new DatabaseInventory(system.neo4j()))));
    ProbeSettings defaults = ProbeSettings.defaults();
    this.prober =
        new TargetProber(
            new ProbeSettings(
                defaults.deadline(),
                defaults.connectTimeout(),
                defaults.lookupTimeout(),
                defaults.maxConcurrent(),
                false,
                List.of(),
                Optional.of(system.local().sqliteDirectory()),
                Optional.empty()));
    workers
        .newWorker(TaskQueues.JDBC)
        .registerActivitiesImplementations(
            new JdbcProbeActivities(
                prober,
                new ConnectionReader(kubernetes, new ManagedDatabases(ClusterEngine.NAMESPACE))
                    ::read,
                keys.sealer(),
                HealthPolicy.defaults()));
    workers.start();
  }

  @AfterAll
  void stop() {
    workers.shutdownNow();
    prober.close();
    kubernetes.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"createSecret", "createDatabaseResource", "createNode"})
  void aStepThatFailsAfterItTookPlaceLeavesNothing(String step) {
    DatabaseDefinition definition = definition(system.newTenant());
    lost.after(definition.id(), step, FailureType.KUBERNETES_REFUSED);

    assertThatThrownBy(() -> provision(definition))
        .isInstanceOf(WorkflowFailedException.class)
        .satisfies(
            failure ->
                assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.KUBERNETES_REFUSED));

    assertThat(lost.count(definition.id())).as("answers lost").isEqualTo(1);
    new Traces(system, definition.id()).assertNothingLeft();
    assertThat(monitored(definition)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"createSecret", "createDatabaseResource", "createNode"})
  void aStepWhoseAnswerIsLostIsRepeatedWithoutASecondEffect(String step) {
    DatabaseDefinition definition = definition(system.newTenant());
    lost.after(definition.id(), step, FailureType.KUBERNETES_UNAVAILABLE);

    Database made = provision(definition);

    assertThat(made.definition()).isEqualTo(definition);
    assertThat(lost.count(definition.id())).as("answers lost").isEqualTo(1);
    Traces traces = new Traces(system, definition.id());
    traces.assertExactlyOne();
    assertThat(monitored(definition)).isTrue();
    deprovision(definition);
    traces.assertNothingLeft();
    await().atMost(Tenant.PATIENCE).until(() -> !monitored(definition));
  }

  @Test
  void aCompensationWhoseAnswerIsLostIsRepeated() {
    DatabaseDefinition definition = definition(system.newTenant());
    lost.after(definition.id(), "createNode", FailureType.KUBERNETES_REFUSED);
    lost.after(definition.id(), "deleteSecret", FailureType.KUBERNETES_UNAVAILABLE);
    lost.after(definition.id(), "deleteNode", FailureType.INVENTORY_UNAVAILABLE);

    assertThatThrownBy(() -> provision(definition)).isInstanceOf(WorkflowFailedException.class);

    assertThat(lost.count(definition.id())).as("answers lost").isEqualTo(3);
    new Traces(system, definition.id()).assertNothingLeft();
  }

  private Database provision(DatabaseDefinition definition) {
    Credentials credentials = new Credentials("nobody", Canaries.password());
    ProvisionRequest request =
        new ProvisionRequest(
            definition,
            keys.sealer().seal(credentials, definition.scope().tenantId(), definition.id()));
    return client.newWorkflowStub(ProvisionDatabase.class, options(definition)).provision(request);
  }

  private void deprovision(DatabaseDefinition definition) {
    client
        .newWorkflowStub(DeprovisionDatabase.class, options(definition))
        .deprovision(new DeprovisionRequest(definition.ref()));
  }

  private static WorkflowOptions options(DatabaseDefinition definition) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.database(definition.id()))
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .build();
  }

  private boolean monitored(DatabaseDefinition definition) {
    return Traces.runs(client, WorkflowIds.health(definition.id()));
  }

  private static DatabaseDefinition definition(Tenant tenant) {
    String file = tenant.sqlite("faults").get("database").toString();
    return new DatabaseDefinition(
        UUID.randomUUID().toString(),
        new Scope(tenant.id(), tenant.space()),
        "tester",
        "faults",
        new Target(DatabaseType.SQLITE, "", 0, file, SslMode.DISABLE, 30, 15),
        new AccessPolicy(true, 1000),
        Map.of(),
        "",
        "",
        true);
  }
}
