package io.tas.dbhub.activities.comparison;

import io.tas.dbhub.activities.kubernetes.ClaimedDatabases;
import io.tas.dbhub.activities.kubernetes.ConnectionObject;
import io.tas.dbhub.activities.kubernetes.ConnectionObject.Kind;
import io.tas.dbhub.activities.kubernetes.ConnectionObjects;
import io.tas.dbhub.core.comparison.ComparisonReport;
import io.tas.dbhub.core.comparison.ConnectionComparison;
import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.storage.inventory.ConnectionRow;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what Kubernetes and the inventory have. The lists are read one after the other while the
 * world goes on, so each suspect is looked at again, alone, before anything is said of it.
 * Thread-safe.
 */
public final class KubernetesComparison implements ConnectionComparison {
  private static final int PAGE = 500;

  private final ConnectionObjects objects;
  private final AdoptedComparison adopted;
  private final ComparedInventory inventory;
  private final Operations operations;
  private final Clock clock;

  public KubernetesComparison(
      ConnectionObjects objects,
      ClaimedDatabases manifests,
      ComparedInventory inventory,
      Operations operations,
      Clock clock) {
    this.objects = objects;
    this.adopted = new AdoptedComparison(manifests, inventory);
    this.inventory = inventory;
    this.operations = operations;
    this.clock = clock;
  }

  @Override
  public ComparisonReport compare() {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    return compare(() -> activity.heartbeat(null));
  }

  /**
   * @param alive called between any two requests that may take long
   */
  ComparisonReport compare(Runnable alive) {
    Instant began = clock.instant();
    Map<Boolean, List<ConnectionRow>> nodes =
        nodes(alive).stream()
            .collect(Collectors.partitioningBy(node -> node.origin() == Origin.MANIFEST));
    adopted.compare(nodes.getOrDefault(true, List.of()), alive);
    List<ConnectionRow> own = nodes.getOrDefault(false, List.of());
    List<ConnectionObject> found = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      found.addAll(objects.list(kind, alive));
    }
    long incomplete = 0;
    List<Leftover> leftovers = new ArrayList<>();
    for (Comparison.Parts suspect : Comparison.assemble(own, found)) {
      if (Comparison.judge(suspect) instanceof Comparison.Finding.Whole) {
        continue;
      }
      alive.run();
      // From before the look: a check made after it, as by a repair, knows better.
      Instant looked = clock.instant();
      Comparison.Finding finding = confirmed(suspect);
      if (finding instanceof Comparison.Finding.Incomplete lacking) {
        inventory.recordIncomplete(suspect.database(), lacking.message(), looked);
        incomplete++;
      } else if (finding instanceof Comparison.Finding.Orphaned orphaned) {
        orphaned.objects().forEach(object -> leftovers.add(leftover(object, began)));
      }
    }
    alive.run();
    inventory.replaceLeftovers(leftovers, began);
    return new ComparisonReport(began, own.size(), incomplete, leftovers.size());
  }

  /**
   * What is wrong when nobody is changing the database. The same operation, ended, before and after
   * the look means that none was at work during it.
   */
  private Comparison.Finding confirmed(Comparison.Parts suspect) {
    DatabaseRef database = suspect.database();
    Operations.Latest before = operations.latest(database.id());
    if (before.running()) {
      return new Comparison.Finding.Whole();
    }
    Comparison.Finding finding = Comparison.judge(lookAgain(suspect));
    return operations.latest(database.id()).equals(before)
        ? finding
        : new Comparison.Finding.Whole();
  }

  private Comparison.Parts lookAgain(Comparison.Parts suspect) {
    DatabaseRef database = suspect.database();
    Optional<ConnectionRow> node = inventory.find(database);
    Stream<ConnectionObject> named =
        node.stream()
            .flatMap(
                known ->
                    Stream.of(
                        new ConnectionObject(database, Kind.SECRET, known.secret(), false),
                        new ConnectionObject(database, Kind.DATABASE, known.resource(), false)));
    List<ConnectionObject> there =
        Stream.concat(
                named,
                suspect.objects().stream()
                    .map(
                        object ->
                            new ConnectionObject(database, object.kind(), object.ref(), false)))
            .distinct()
            .flatMap(object -> objects.find(database, object.kind(), object.ref()).stream())
            .toList();
    return new Comparison.Parts(database, node.orElse(null), there);
  }

  private List<ConnectionRow> nodes(Runnable alive) {
    List<ConnectionRow> all = new ArrayList<>();
    String last = "";
    List<ConnectionRow> page;
    do {
      page = inventory.nodes(last, PAGE);
      all.addAll(page);
      last = page.isEmpty() ? last : page.get(page.size() - 1).database().id();
      alive.run();
    } while (page.size() == PAGE);
    return all;
  }

  private static Leftover leftover(ConnectionObject object, Instant foundAt) {
    return new Leftover(
        object.database(),
        object.kind().text() + " " + object.ref().namespace() + "/" + object.ref().name(),
        "no inventory node",
        foundAt);
  }
}
