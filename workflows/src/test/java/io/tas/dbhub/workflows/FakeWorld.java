package io.tas.dbhub.workflows;

import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.adoption.Claim;
import io.tas.dbhub.core.audit.AuditEntries;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditJournal;
import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.comparison.LeftoverInventory;
import io.tas.dbhub.core.comparison.Leftovers;
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
import io.tas.dbhub.core.instance.AppliedInstance;
import io.tas.dbhub.core.instance.InstanceResources;
import io.tas.dbhub.core.instance.ObserveInstance;
import io.tas.dbhub.core.instance.ObservedInstance;
import io.tas.dbhub.core.instance.ServingInventory;
import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.provision.ConnectionResources;
import io.tas.dbhub.core.provision.CreateDatabaseResource;
import io.tas.dbhub.core.provision.CreateInventoryNode;
import io.tas.dbhub.core.provision.CreateSecret;
import io.tas.dbhub.core.provision.InventoryNodes;
import io.tas.dbhub.core.provision.ServingInstances;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every outside system of the workflows in memory, with faults on demand. Only for time-skipping
 * tests of workflow logic; whether the real systems behave is the system tests' matter.
 */
public final class FakeWorld
    implements ConnectionResources,
        InventoryNodes,
        ProbeActivities,
        ResourceStatus,
        InventoryHealth,
        InstanceResources,
        ServingInventory,
        AuditJournal,
        LeftoverInventory {
  public static final String NAMESPACE = "tas-mcp-servers";

  private static final Set<String> BESIDE =
      Set.of("AppendAudit", "ProbeDatabase", "RecordHealth", "WriteResourceStatus");

  public final Set<String> secrets = ConcurrentHashMap.newKeySet();
  public final Set<String> resources = ConcurrentHashMap.newKeySet();

  /** What the Database resources say, by database id. */
  public final Map<String, DatabaseDefinition> definitions = new ConcurrentHashMap<>();

  public final Map<String, Database> nodes = new ConcurrentHashMap<>();
  public final List<String> calls = new CopyOnWriteArrayList<>();
  public final List<HealthReport> recorded = new CopyOnWriteArrayList<>();
  public final List<HealthReport> statusWrites = new CopyOnWriteArrayList<>();
  public final List<ServingReport> served = new CopyOnWriteArrayList<>();
  public final List<ResourceRef> forgotten = new CopyOnWriteArrayList<>();
  public final Map<String, List<ResourceRef>> serving = new ConcurrentHashMap<>();
  public final List<AuditEntry> journal = new CopyOnWriteArrayList<>();
  public final List<Leftover> leftovers = new CopyOnWriteArrayList<>();

  /** Whether quiet checks find that what works works still. */
  public volatile boolean answersQuietly;

  public volatile boolean reachable = true;
  public volatile boolean resourceGone;

  /** Of the resource that has the name now; null while it is whose it always was. */
  public volatile String resourceUid;

  public volatile boolean resourcePaused;
  public volatile boolean instanceGone;

  /** What a probe finds of the login; null where it does not look. */
  public volatile LoginFinding login;

  /** What probes were told to be known of the login. */
  public final List<Optional<LoginFinding>> askedWith = new CopyOnWriteArrayList<>();

  /** What a resource made by hand asks of the inventory; null for one that asks for nothing. */
  public volatile Claim claim;

  public final AtomicInteger looksUntilRolledOut = new AtomicInteger();

  /** So many looks does each rollout take that applying begins; 0 to leave them as they are. */
  public volatile int looksPerRollout;

  /** Happens with each look at an instance. */
  public volatile Runnable onLook = () -> {};

  /** What an instance is applied with. */
  public volatile List<Source> sources =
      List.of(new Source(new ResourceRef(NAMESPACE, "db-1"), "id-1", "db_1"));

  /** What looks at an instance see once it is rolled out. */
  public volatile ObservedInstance rolledOut = new ObservedInstance(true, 1, "http://dbhub:8080");

  /** What looks at an instance see while it is not rolled out. */
  public volatile ObservedInstance rollingOut = new ObservedInstance(false, 1, "http://dbhub:8080");

  /** Held by a probe until it is counted down. */
  public volatile CountDownLatch probesHeld = new CountDownLatch(0);

  /** Held by forgetting an instance until it is counted down. */
  public volatile CountDownLatch forgettingHeld = new CountDownLatch(0);

  public volatile HealthPolicy policy = HealthPolicy.defaults();

  /** Whether who serves a database goes on serving it, or lets go after one look. */
  public volatile boolean servedForEver;

  private final Map<String, List<Fault>> faults = new ConcurrentHashMap<>();
  private final Map<String, FailureType> broken = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

  private record Fault(FailureType type, boolean afterEffect) {}

  /**
   * The next call of this activity fails: before it did anything, or after (the answer is lost).
   */
  public void failNext(String activity, FailureType type, boolean afterEffect) {
    faults
        .computeIfAbsent(activity, key -> Collections.synchronizedList(new ArrayList<>()))
        .add(new Fault(type, afterEffect));
  }

  /** Every call of this activity fails before it did anything, until it is mended. */
  public void breakDown(String activity, FailureType type) {
    broken.put(activity, type);
  }

  public void mend(String activity) {
    broken.remove(activity);
  }

  /** Every call of this activity waits until the answer is counted down. */
  public CountDownLatch hold(String activity) {
    return held.computeIfAbsent(activity, key -> new CountDownLatch(1));
  }

  /** What was planned for this activity does not happen. */
  public void failNoMore(String activity) {
    faults.remove(activity);
  }

  /** The calls of an operation: without its journal, and the monitor's. */
  public List<String> steps() {
    return calls.stream().filter(call -> !BESIDE.contains(call)).toList();
  }

  public boolean isEmptyOf(String databaseId) {
    return !secrets.contains(databaseId)
        && !resources.contains(databaseId)
        && !nodes.containsKey(databaseId);
  }

  void call(String activity, Runnable effect) {
    calls.add(activity);
    hold(held.getOrDefault(activity, new CountDownLatch(0)));
    FailureType failure = broken.get(activity);
    if (failure != null) {
      throw Failures.of(failure, "planned for the test");
    }
    List<Fault> planned = faults.getOrDefault(activity, List.of());
    if (planned.isEmpty()) {
      effect.run();
      return;
    }
    Fault fault = planned.remove(0);
    if (fault.afterEffect()) {
      effect.run();
    }
    throw Failures.of(fault.type(), "planned for the test");
  }

  @Override
  public ResourceRef createSecret(CreateSecret request) {
    call("CreateSecret", () -> secrets.add(request.database().id()));
    return new ResourceRef(NAMESPACE, "db-" + request.database().id().substring(0, 8) + "-creds");
  }

  @Override
  public ResourceRef createDatabaseResource(CreateDatabaseResource request) {
    call(
        "CreateDatabaseResource",
        () -> {
          resources.add(request.definition().id());
          definitions.put(request.definition().id(), request.definition());
        });
    return new ResourceRef(NAMESPACE, "db-" + request.definition().id().substring(0, 8));
  }

  @Override
  public void deleteSecret(DatabaseRef database) {
    call("DeleteSecret", () -> secrets.remove(database.id()));
  }

  @Override
  public void deleteDatabaseResource(DatabaseRef database) {
    call("DeleteDatabaseResource", () -> resources.remove(database.id()));
  }

  @Override
  public Database createNode(CreateInventoryNode request) {
    String id = request.definition().id();
    call(
        "CreateInventoryNode",
        () ->
            nodes.put(
                id,
                new Database(
                        request.definition(),
                        request.secret(),
                        request.resource(),
                        DatabaseStatus.PENDING,
                        "",
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        1)
                    .withGrants(request.again() ? Grants.none() : Grants.byDefault())));
    return nodes.get(id);
  }

  @Override
  public void deleteNode(DatabaseRef database) {
    call("DeleteInventoryNode", () -> nodes.remove(database.id()));
  }

  @Override
  public ServingInstances findServingInstances(DatabaseRef database) {
    call("FindServingInstances", () -> {});
    List<ResourceRef> instances = serving.getOrDefault(database.id(), List.of());
    if (!servedForEver) {
      serving.remove(database.id());
    }
    return new ServingInstances(instances);
  }

  @Override
  public ProbeOutcome probe(ProbeRequest request) {
    call("ProbeDatabase", () -> {});
    hold(probesHeld);
    askedWith.add(Optional.ofNullable(request.login()));
    String uid = request.uid();
    boolean another = uid != null && resourceUid != null && !uid.equals(resourceUid);
    if (resourceGone || another) {
      return new ProbeOutcome(true, 0, null, policy);
    }
    return resourcePaused
        ? new ProbeOutcome(false, 1, null, policy, true, "digest", claim)
        : new ProbeOutcome(
            false, 1, diagnosis(), policy, false, "digest", claim, reachable ? login : null);
  }

  @Override
  public Diagnosis test(TestRequest request) {
    call("TestTarget", () -> {});
    return diagnosis();
  }

  private Diagnosis diagnosis() {
    ConnectionError error =
        new ConnectionError(ErrorKind.CONNECTION, "Nobody answers.", "Check the port.");
    return reachable
        ? new Diagnosis(
            true, List.of(new DiagnosisStep("connect", true, 1, null)), "1", "d", 1L, true, 2)
        : new Diagnosis(
            false,
            List.of(new DiagnosisStep("connect", false, 1, error)),
            null,
            null,
            null,
            null,
            2);
  }

  @Override
  public void writeResourceStatus(HealthReport report) {
    call("WriteResourceStatus", () -> statusWrites.add(report));
  }

  @Override
  public void recordHealth(HealthReport report) {
    call("RecordHealth", () -> recorded.add(report));
  }

  @Override
  public AppliedInstance apply(ResourceRef instance) {
    call("ApplyInstance", () -> {});
    if (looksPerRollout > 0) {
      looksUntilRolledOut.set(looksPerRollout);
    }
    return new AppliedInstance(instance, instanceGone, 1, "hash", sources, List.of());
  }

  @Override
  public ObservedInstance observe(ObserveInstance applied) {
    calls.add("ObserveInstance");
    onLook.run();
    return looksUntilRolledOut.getAndDecrement() <= 0 ? rolledOut : rollingOut;
  }

  @Override
  public void recordServing(ServingReport report) {
    served.add(report);
  }

  @Override
  public void forgetInstance(ResourceRef instance) {
    forgotten.add(instance);
    hold(forgettingHeld);
  }

  @Override
  public void append(AuditEntries entries) {
    call("AppendAudit", () -> journal.addAll(entries.entries()));
  }

  @Override
  public void recordLeftovers(Leftovers found) {
    call("RecordLeftovers", () -> leftovers.addAll(found.leftovers()));
  }

  static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
