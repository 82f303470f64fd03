package io.tas.dbhub.activities.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.ClaimedDatabases;
import io.tas.dbhub.activities.kubernetes.ConnectionObjects;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.comparison.ComparisonReport;
import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.storage.inventory.ConnectionRow;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class KubernetesComparisonTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final Scope SCOPE = new Scope("acme", "sales");
  private static final Operations.Latest ENDED = new Operations.Latest("run-1", false);

  KubernetesClient kubernetes;

  private final FakeInventory inventory = new FakeInventory();
  private final Map<String, List<Operations.Latest>> operations = new HashMap<>();

  /** Written by hand: a real Neo4j is asked in storage. */
  private static final class FakeInventory implements ComparedInventory {
    private final TreeMap<String, ConnectionRow> nodes = new TreeMap<>();
    private final Map<DatabaseRef, String> incomplete = new HashMap<>();
    private List<Leftover> leftovers = List.of();

    @Override
    public List<ConnectionRow> nodes(String afterId, int limit) {
      return nodes.tailMap(afterId, false).values().stream().limit(limit).toList();
    }

    @Override
    public Optional<ConnectionRow> find(DatabaseRef database) {
      return Optional.ofNullable(nodes.get(database.id()))
          .filter(node -> node.database().equals(database));
    }

    @Override
    public void release(ConnectionRow node) {
      nodes.remove(node.database().id(), node);
    }

    @Override
    public void recordIncomplete(DatabaseRef database, String message, Instant checkedAt) {
      incomplete.put(database, message);
    }

    @Override
    public void replaceLeftovers(List<Leftover> found, Instant comparedAt) {
      leftovers = found;
    }
  }

  @Test
  void nothingIsWrongWithWholeConnections() {
    whole(1);
    whole(2);

    assertThat(compare()).isEqualTo(new ComparisonReport(NOON, 2, 0, 0));
    assertThat(inventory.incomplete).isEmpty();
  }

  @Test
  void orphansAreFoundBothWays() {
    makeSecret(ref(1), name(1) + "-creds");
    makeResource(ref(2));
    makeResource(ref(3));
    addNode(3);
    makeSecret(ref(4), name(4) + "-creds");
    addNode(4);

    assertThat(compare()).isEqualTo(new ComparisonReport(NOON, 2, 2, 2));
    assertThat(inventory.leftovers)
        .containsExactlyInAnyOrder(
            new Leftover(ref(1), "Secret ns/" + name(1) + "-creds", "no inventory node", NOON),
            new Leftover(ref(2), "Database resource ns/" + name(2), "no inventory node", NOON));
    assertThat(inventory.incomplete).containsOnlyKeys(ref(3), ref(4));
    assertThat(inventory.incomplete.get(ref(3))).contains("The Secret");
    assertThat(inventory.incomplete.get(ref(4))).contains("The Database resource");
  }

  @Test
  void aCopyMadeByHandIsNotOurs() {
    whole(1);
    makeSecret(ref(1), "copy");
    makeSecret(ref(2), "another-copy");
    kubernetes.secrets().inNamespace("elsewhere").resource(secret(ref(3), "db-creds")).create();

    assertThat(compare()).isEqualTo(new ComparisonReport(NOON, 1, 0, 0));
  }

  @Test
  void whatAnOperationWorksOnIsLeftOut() {
    makeSecret(ref(1), name(1) + "-creds");
    operations.put(ref(1).id(), List.of(new Operations.Latest("run-2", true)));
    makeSecret(ref(2), name(2) + "-creds");
    // One began after the first look.
    operations.put(ref(2).id(), List.of(ENDED, new Operations.Latest("run-2", true)));
    makeSecret(ref(3), name(3) + "-creds");
    // One began and ended during the look.
    operations.put(ref(3).id(), List.of(ENDED, new Operations.Latest("run-2", false)));

    assertThat(compare()).isEqualTo(new ComparisonReport(NOON, 0, 0, 0));
  }

  @Test
  void whatIsMendedUntilTheSecondLookIsNotReported() {
    addNode(1);
    makeSecret(ref(2), name(2) + "-creds");
    Operations mending =
        id -> {
          if (id.equals(ref(1).id())) {
            makeSecret(ref(1), name(1) + "-creds");
            makeResource(ref(1));
          } else {
            makeResource(ref(2));
            addNode(2);
          }
          return ENDED;
        };

    Operations once = new Once(mending);
    assertThat(comparison(once).compare(() -> {})).isEqualTo(new ComparisonReport(NOON, 1, 0, 0));
  }

  /** Does what the other does at the first question about a database. */
  private static final class Once implements Operations {
    private final Operations first;
    private final List<String> asked = new ArrayList<>();

    Once(Operations first) {
      this.first = first;
    }

    @Override
    public Latest latest(String databaseId) {
      if (asked.contains(databaseId)) {
        return ENDED;
      }
      asked.add(databaseId);
      return first.latest(databaseId);
    }
  }

  @Test
  void aNodeOfAManifestThatIsThereIsLeftAlone() {
    DatabaseResource made = makeManifest("shop", "sales");

    compare();

    assertThat(inventory.nodes).containsKey(made.getMetadata().getUid());
    assertThat(inventory.incomplete).isEmpty();
  }

  @Test
  void aNodeWhoseManifestWentWhileNobodyWatchedGoesToo() {
    DatabaseResource made = makeManifest("shop", "sales");
    kubernetes.resource(made).inNamespace("shop").delete();

    assertThat(compare()).isEqualTo(new ComparisonReport(NOON, 0, 0, 0));

    assertThat(inventory.nodes).isEmpty();
  }

  @Test
  void aNodeWhoseManifestNamesAnotherSpaceNowGoes() {
    DatabaseResource made = makeManifest("shop", "sales");
    kubernetes
        .resource(made)
        .inNamespace("shop")
        .edit(
            found -> {
              found
                  .getMetadata()
                  .setLabels(Map.of(Kubernetes.TENANT, "acme", Kubernetes.SPACE, "hr"));
              return found;
            });

    compare();

    assertThat(inventory.nodes).isEmpty();
  }

  /** A Database made by hand, with the node that it asks for. */
  private DatabaseResource makeManifest(String namespace, String space) {
    DatabaseResource resource =
        Serialization.unmarshal(
            "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: Database, metadata: {name: orders},"
                + " spec: {type: sqlite, database: acme/d}}",
            DatabaseResource.class);
    resource.getMetadata().setLabels(Map.of(Kubernetes.TENANT, "acme", Kubernetes.SPACE, space));
    DatabaseResource made = kubernetes.resource(resource).inNamespace(namespace).create();
    DatabaseRef ref = new DatabaseRef(made.getMetadata().getUid(), new Scope("acme", space));
    inventory.nodes.put(
        ref.id(), new ConnectionRow(ref, new ResourceRef("", ""), made.ref(), Origin.MANIFEST));
    return made;
  }

  private ComparisonReport compare() {
    Map<String, Integer> asked = new HashMap<>();
    Operations told =
        id -> {
          List<Operations.Latest> answers = operations.getOrDefault(id, List.of(ENDED));
          int now = asked.merge(id, 1, Integer::sum) - 1;
          return answers.get(Math.min(now, answers.size() - 1));
        };
    return comparison(told).compare(() -> {});
  }

  private KubernetesComparison comparison(Operations told) {
    return new KubernetesComparison(
        new ConnectionObjects(kubernetes, "ns"),
        new ClaimedDatabases(kubernetes, new ManagedDatabases("ns")),
        inventory,
        told,
        Clock.fixed(NOON, ZoneOffset.UTC));
  }

  private void whole(int number) {
    makeSecret(ref(number), name(number) + "-creds");
    makeResource(ref(number));
    addNode(number);
  }

  private void addNode(int number) {
    inventory.nodes.put(
        ref(number).id(),
        new ConnectionRow(
            ref(number),
            new ResourceRef("ns", name(number) + "-creds"),
            new ResourceRef("ns", name(number))));
  }

  private void makeSecret(DatabaseRef database, String name) {
    kubernetes.secrets().inNamespace("ns").resource(secret(database, name)).create();
  }

  private static Secret secret(DatabaseRef database, String name) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels(database))
        .endMetadata()
        .build();
  }

  private void makeResource(DatabaseRef database) {
    DatabaseResource resource =
        Serialization.unmarshal(
            "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: Database, metadata: {name: "
                + "db-"
                + database.id().substring(0, 8)
                + "}, spec: {type: sqlite, database: d}}",
            DatabaseResource.class);
    resource.getMetadata().setLabels(labels(database));
    kubernetes.resource(resource).inNamespace("ns").create();
  }

  private static Map<String, String> labels(DatabaseRef database) {
    return Map.of(
        Kubernetes.MANAGED_BY,
        Kubernetes.MANAGER,
        Kubernetes.DATABASE_ID,
        database.id(),
        Kubernetes.TENANT,
        database.scope().tenantId(),
        Kubernetes.SPACE,
        database.scope().spaceId());
  }

  private static DatabaseRef ref(int number) {
    return new DatabaseRef(number + "1234567-89ab-cdef-0123-456789abcdef", SCOPE);
  }

  private static String name(int number) {
    return "db-" + number + "1234567";
  }
}
