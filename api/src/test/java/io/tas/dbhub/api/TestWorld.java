package io.tas.dbhub.api;

import io.tas.dbhub.core.audit.AuditEntries;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditJournal;
import io.tas.dbhub.core.connectiontest.TestRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.DiagnosisStep;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.InventoryHealth;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.health.ProbeActivities;
import io.tas.dbhub.core.health.ProbeOutcome;
import io.tas.dbhub.core.health.ProbeRequest;
import io.tas.dbhub.core.health.ResourceStatus;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.LoginRights;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.provision.ConnectionResources;
import io.tas.dbhub.core.provision.CreateDatabaseResource;
import io.tas.dbhub.core.provision.CreateInventoryNode;
import io.tas.dbhub.core.provision.CreateSecret;
import io.tas.dbhub.core.provision.InventoryNodes;
import io.tas.dbhub.core.provision.ServingInstances;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.core.update.FoundDatabase;
import io.tas.dbhub.core.update.InventoryChanges;
import io.tas.dbhub.core.update.UpdateInventoryNode;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.NameTakenException;
import io.tas.dbhub.workflows.WorkflowTypes;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * What a worker's activities reach, with Kubernetes and the target databases in memory and the real
 * inventory. A connection's name says how its steps behave: {@code held} waits for the test, {@code
 * flaky} fails once, {@code refused} is refused by Kubernetes; an unreachable host is {@code
 * nowhere}.
 */
public final class TestWorld
    implements ConnectionResources,
        InventoryNodes,
        InventoryChanges,
        AuditJournal,
        ProbeActivities,
        ResourceStatus,
        InventoryHealth {
  private static final String NAMESPACE = "connections";

  private final DatabaseInventory inventory;
  private final SchemaCatalogue catalogue;
  private final KeyRing keys;
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch deleting = new CountDownLatch(1);
  private final Map<String, Boolean> failedOnce = new ConcurrentHashMap<>();
  public final Map<String, Credentials> opened = new ConcurrentHashMap<>();
  public final List<AuditEntry> audited = new CopyOnWriteArrayList<>();
  public volatile boolean holdDeletions;

  /** What every probe finds of a login. */
  public volatile LoginRights loginRights = LoginRights.UNASKED;

  TestWorld(DatabaseInventory inventory, SchemaCatalogue catalogue, KeyRing keys) {
    this.inventory = inventory;
    this.catalogue = catalogue;
    this.keys = keys;
  }

  void register(WorkerFactory workers, TestBatchWork batches) {
    for (String queue :
        List.of(TaskQueues.KUBERNETES, TaskQueues.INVENTORY, TaskQueues.JDBC, TaskQueues.JOURNAL)) {
      workers.newWorker(queue).registerActivitiesImplementations(this);
    }
    workers
        .newWorker(TaskQueues.SCHEMA)
        .registerActivitiesImplementations(new TestSchemas(catalogue));
    workers.newWorker(TaskQueues.BATCHES).registerActivitiesImplementations(batches);
    Worker workflows = workers.newWorker(TaskQueues.WORKFLOWS);
    workflows.registerWorkflowImplementationTypes(
        WorkflowTypes.ALL.stream()
            .filter(
                type -> ScriptedChanges.CONTRACTS.stream().noneMatch(c -> c.isAssignableFrom(type)))
            .toArray(Class<?>[]::new));
    workflows.registerWorkflowImplementationTypes(ScriptedChanges.ALL.toArray(new Class<?>[0]));
    workflows.registerWorkflowImplementationTypes(ParkedOperation.Impl.class);
  }

  /** Lets go of everything that was held. */
  public void release() {
    held.countDown();
    deleting.countDown();
  }

  @Override
  public ResourceRef createSecret(CreateSecret request) {
    String id = request.database().id();
    opened.put(
        id, keys.sealer().open(request.credentials(), request.database().scope().tenantId(), id));
    return new ResourceRef(NAMESPACE, "db-" + id.substring(0, 8) + "-creds");
  }

  @Override
  public ResourceRef createDatabaseResource(CreateDatabaseResource request) {
    String name = request.definition().name();
    if (name.startsWith("refused")) {
      throw Failures.of(FailureType.KUBERNETES_REFUSED, "A quota is used up.");
    }
    if (name.startsWith("flaky") && failedOnce.put(request.definition().id(), true) == null) {
      throw Failures.of(FailureType.KUBERNETES_UNAVAILABLE, "Kubernetes does not answer.");
    }
    if (name.startsWith("held")) {
      await(held);
    }
    return new ResourceRef(NAMESPACE, "db-" + request.definition().id().substring(0, 8));
  }

  @Override
  public void deleteSecret(DatabaseRef database) {
    if (holdDeletions) {
      await(deleting);
    }
  }

  @Override
  public void deleteDatabaseResource(DatabaseRef database) {}

  @Override
  public Database createNode(CreateInventoryNode request) {
    try {
      return inventory.create(request.definition(), request.secret(), request.resource());
    } catch (NameTakenException taken) {
      throw Failures.of(FailureType.NAME_TAKEN, "Another database of this space has the name.");
    }
  }

  @Override
  public FoundDatabase findDatabase(DatabaseRef database) {
    return new FoundDatabase(inventory.find(database.scope(), database.id()).orElse(null));
  }

  @Override
  public Database updateNode(UpdateInventoryNode request) {
    return inventory.update(request.definition(), request.expectedRevision());
  }

  @Override
  public void restoreNode(Database before) {
    inventory.restore(before);
  }

  @Override
  public void deleteNode(DatabaseRef database) {
    inventory.delete(database);
  }

  @Override
  public void append(AuditEntries entries) {
    audited.addAll(entries.entries());
  }

  @Override
  public ServingInstances findServingInstances(DatabaseRef database) {
    return new ServingInstances(List.of());
  }

  @Override
  public ProbeOutcome probe(ProbeRequest request) {
    return new ProbeOutcome(
        false,
        1,
        reachable(),
        HealthPolicy.defaults(),
        false,
        null,
        null,
        new LoginFinding(loginRights, 1, 1));
  }

  @Override
  public Diagnosis test(TestRequest request) {
    Credentials credentials =
        keys.sealer().open(request.credentials(), request.scope().tenantId(), request.testId());
    if (request.target().host().equals("held.test")) {
      await(held);
    }
    if (!credentials.password().equals("correct horse")) {
      return unreachable();
    }
    return reachable();
  }

  @Override
  public void writeResourceStatus(HealthReport report) {}

  @Override
  public void recordHealth(HealthReport report) {
    inventory.recordHealth(report);
  }

  private static Diagnosis reachable() {
    return new Diagnosis(
        true,
        List.of(
            new DiagnosisStep("resolve", true, 1, null),
            new DiagnosisStep("connect", true, 2, null)),
        "16.1",
        "orders",
        12L,
        true,
        3);
  }

  private static Diagnosis unreachable() {
    ConnectionError error =
        new ConnectionError(
            ErrorKind.AUTHENTICATION, "The login was refused.", "Check username and password.");
    return new Diagnosis(
        false,
        List.of(new DiagnosisStep("authenticate", false, 2, error)),
        null,
        null,
        null,
        null,
        2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw Failures.of(FailureType.INTERNAL, "interrupted");
    }
  }
}
