package io.tas.dbhub.workflows;

import io.tas.dbhub.core.comparison.ComparisonReport;
import io.tas.dbhub.core.comparison.ConnectionComparison;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.DiagnosisStep;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.provision.ServingInstances;
import io.tas.dbhub.core.repair.ConnectionInspection;
import io.tas.dbhub.core.repair.InspectedConnection;
import io.tas.dbhub.core.rotate.DbhubChecks;
import io.tas.dbhub.core.rotate.ServedDatabase;
import io.tas.dbhub.core.rotate.ServingChecks;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.ApplyDatabaseResource;
import io.tas.dbhub.core.update.CandidateProbe;
import io.tas.dbhub.core.update.CandidateProbes;
import io.tas.dbhub.core.update.ConnectionChanges;
import io.tas.dbhub.core.update.FoundDatabase;
import io.tas.dbhub.core.update.InventoryChanges;
import io.tas.dbhub.core.update.SealCredentials;
import io.tas.dbhub.core.update.SwitchCredentials;
import io.tas.dbhub.core.update.UpdateInventoryNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What {@link FakeWorld} holds of connections, changed and looked at. "Sealed" are here the halves
 * in clear around a colon; one that is empty was not given.
 */
public final class FakeConnections
    implements ConnectionChanges,
        InventoryChanges,
        CandidateProbes,
        ServingChecks,
        DbhubChecks,
        ConnectionInspection,
        ConnectionComparison {
  /** Credentials that the target refuses. */
  public static final String WRONG = "wrong";

  /** Name and password in the Secrets, by database id. */
  public final Map<String, String> credentials = new ConcurrentHashMap<>();

  public final Map<String, String> revisions = new ConcurrentHashMap<>();

  /** Those of {@link FakeWorld}. */
  public final Map<String, DatabaseDefinition> definitions;

  /** Instances that serve whatever one asks for. */
  public final List<ResourceRef> instances = new CopyOnWriteArrayList<>();

  /** How often one looks in vain before the instances run with what the Secret says. */
  public final AtomicInteger looksUntilServed = new AtomicInteger();

  /** Held by a switch of credentials, before it takes effect, until it is counted down. */
  public volatile CountDownLatch switchesHeld = new CountDownLatch(0);

  public final AtomicInteger comparisons = new AtomicInteger();

  private final AtomicInteger looksUntilShown = new AtomicInteger();
  private final List<ResourceRef> coming = new CopyOnWriteArrayList<>();
  private final FakeWorld world;

  FakeConnections(FakeWorld world) {
    this.world = world;
    this.definitions = world.definitions;
  }

  /** A connection that exists, with name {@code ada} and password {@code old}. */
  public Database exists(DatabaseDefinition definition) {
    String id = definition.id();
    String name = "db-" + id.substring(0, 8);
    world.secrets.add(id);
    world.resources.add(id);
    credentials.put(id, "ada:old");
    definitions.put(id, definition);
    Database database =
        new Database(
            definition,
            new ResourceRef(FakeWorld.NAMESPACE, name + "-creds"),
            new ResourceRef(FakeWorld.NAMESPACE, name),
            DatabaseStatus.CONNECTED,
            "",
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            7);
    world.nodes.put(id, database);
    return database;
  }

  /** When the inventory says that its definition was changed last. */
  public void changedAt(String id, Instant time) {
    world.nodes.computeIfPresent(
        id,
        (key, node) ->
            new Database(
                node.definition(),
                node.secret(),
                node.resource(),
                node.status(),
                node.statusMessage(),
                node.lastChecked(),
                time,
                time,
                node.revision()));
  }

  /** An instance that is going to serve after this many looks. */
  public void servedAfter(int looks, ResourceRef instance) {
    looksUntilShown.set(looks);
    coming.add(instance);
  }

  @Override
  public SealedCredentials sealCredentials(SealCredentials request) {
    String id = request.database().id();
    world.call("SealCredentials", () -> mustExist(world.secrets.contains(id)));
    return new SealedCredentials(credentials.getOrDefault(id, ":"));
  }

  @Override
  public void switchCredentials(SwitchCredentials request) {
    String id = request.database().id();
    world.call(
        "SwitchCredentials",
        () -> {
          FakeWorld.hold(switchesHeld);
          mustExist(world.secrets.contains(id));
          credentials.merge(id, request.credentials().ciphertext(), FakeConnections::onto);
          revisions.put(id, request.revision());
        });
  }

  @Override
  public void applyDatabaseResource(ApplyDatabaseResource request) {
    String id = request.definition().id();
    world.call(
        "ApplyDatabaseResource",
        () -> {
          mustExist(world.resources.contains(id));
          definitions.put(id, request.definition());
        });
  }

  @Override
  public FoundDatabase findDatabase(DatabaseRef database) {
    world.call("FindDatabase", () -> {});
    return new FoundDatabase(world.nodes.get(database.id()));
  }

  @Override
  public Database updateNode(UpdateInventoryNode request) {
    String id = request.definition().id();
    world.call(
        "UpdateInventoryNode",
        () ->
            world.nodes.computeIfPresent(
                id,
                (key, node) -> updated(node, request.definition(), request.expectedRevision())));
    return world.nodes.get(id);
  }

  @Override
  public void restoreNode(Database before) {
    world.call(
        "RestoreInventoryNode",
        () ->
            world.nodes.computeIfPresent(
                before.id(),
                (key, node) ->
                    node.revision() == before.revision() + 1
                        ? with(node, before.definition(), before.revision() + 2)
                        : node));
  }

  @Override
  public Diagnosis probeCandidate(CandidateProbe request) {
    world.call("ProbeCandidate", () -> {});
    String id = request.definition().id();
    SealedCredentials given = request.credentials();
    String tried = credentials.getOrDefault(id, ":");
    if (given != null) {
      tried = onto(tried, given.ciphertext());
    }
    return diagnosis(world.reachable && !tried.endsWith(":" + WRONG));
  }

  @Override
  public ServingInstances findInstances(String namespace) {
    return new ServingInstances(List.of());
  }

  @Override
  public ServedDatabase findServed(DatabaseRef database) {
    world.call("FindServed", () -> {});
    if (looksUntilShown.getAndDecrement() <= 0) {
      instances.addAll(coming);
      coming.clear();
    }
    boolean current = looksUntilServed.getAndDecrement() <= 0;
    List<ServedDatabase.By> by = new ArrayList<>();
    for (ResourceRef instance : instances) {
      by.add(new ServedDatabase.By(instance, current ? revisions.get(database.id()) : "older"));
    }
    return new ServedDatabase(by);
  }

  @Override
  public void verifyThroughDbhub(DatabaseRef database) {
    world.call("VerifyThroughDbhub", () -> {});
  }

  @Override
  public InspectedConnection inspect(DatabaseRef database) {
    world.call("InspectConnection", () -> {});
    String id = database.id();
    String name = "db-" + id.substring(0, 8);
    boolean secret = world.secrets.contains(id) && credentials.containsKey(id);
    boolean resource = world.resources.contains(id);
    return new InspectedConnection(
        secret ? new ResourceRef(FakeWorld.NAMESPACE, name + "-creds") : null,
        resource ? new ResourceRef(FakeWorld.NAMESPACE, name) : null,
        resource ? definitions.get(id) : null);
  }

  @Override
  public ComparisonReport compare() {
    world.call("CompareConnections", comparisons::incrementAndGet);
    return new ComparisonReport(Instant.EPOCH, 3, 1, 2);
  }

  private static Database updated(Database node, DatabaseDefinition definition, long expected) {
    if (node.revision() == expected + 1 && node.definition().equals(definition)) {
      return node;
    }
    if (node.revision() != expected) {
      throw Failures.of(FailureType.REVISION_CHANGED, "changed by another");
    }
    return with(node, definition, expected + 1);
  }

  private static Database with(Database node, DatabaseDefinition definition, long revision) {
    return new Database(
        definition,
        node.secret(),
        node.resource(),
        node.status(),
        node.statusMessage(),
        node.lastChecked(),
        node.createdAt(),
        node.updatedAt(),
        revision);
  }

  private static String onto(String current, String given) {
    String[] now = current.split(":", -1);
    String[] next = given.split(":", -1);
    return (next[0].isEmpty() ? now[0] : next[0]) + ":" + (next[1].isEmpty() ? now[1] : next[1]);
  }

  private static Diagnosis diagnosis(boolean reachable) {
    ConnectionError error =
        new ConnectionError(ErrorKind.AUTHENTICATION, "The login is refused.", "Check it.");
    DiagnosisStep step = new DiagnosisStep("authenticate", reachable, 1, reachable ? null : error);
    return new Diagnosis(reachable, List.of(step), null, null, null, null, 2);
  }

  private static void mustExist(boolean exists) {
    if (!exists) {
      throw Failures.of(FailureType.INCOMPLETE, "it does not exist");
    }
  }
}
