package io.tas.dbhub.systemtest.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseSpec;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at the engines themselves, past the proxies and past our own code. */
final class World {
  static final String INSTANCE = "faults-";

  /** A label of a database belongs to its node, and is something of its own where that is gone. */
  private static final String NODES =
      """
      MATCH (n {id: $id})
      WHERE NOT EXISTS { (n:DatabaseLabel)-[:OF]->(:Database) }
      RETURN n.description AS text""";

  private final Engines engines;
  private final WorkflowClient client;

  World(Engines engines, WorkflowClient client) {
    this.engines = engines;
    this.client = client;
  }

  Facts look(Subject subject) {
    return new Facts(
        secrets(subject), resources(subject), nodes(subject), monitored(subject), dbhub(subject));
  }

  private List<String> secrets(Subject subject) {
    return engines
        .kubernetes
        .secrets()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withLabel(Kubernetes.DATABASE_ID, subject.id())
        .list()
        .getItems()
        .stream()
        .map(secret -> subject.credentials(value(secret, "username"), value(secret, "password")))
        .toList();
  }

  private static String value(Secret secret, String key) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(key))
        .map(value -> new String(Base64.getDecoder().decode(value), UTF_8))
        .orElse("");
  }

  private List<String> resources(Subject subject) {
    return engines
        .kubernetes
        .resources(DatabaseResource.class)
        .inNamespace(ClusterEngine.NAMESPACE)
        .withLabel(Kubernetes.DATABASE_ID, subject.id())
        .list()
        .getItems()
        .stream()
        .map(resource -> Optional.ofNullable(resource.getSpec()).map(DatabaseSpec::description))
        .map(text -> text.orElse("?"))
        .toList();
  }

  /** Deletes Secret and Database resource, as somebody with kubectl may. */
  void damage(Subject subject) {
    engines
        .kubernetes
        .resources(DatabaseResource.class)
        .inNamespace(ClusterEngine.NAMESPACE)
        .withLabel(Kubernetes.DATABASE_ID, subject.id())
        .delete();
    engines
        .kubernetes
        .secrets()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withLabel(Kubernetes.DATABASE_ID, subject.id())
        .delete();
  }

  private List<String> nodes(Subject subject) {
    return engines
        .inventory
        .executableQuery(NODES)
        .withParameters(Map.of("id", subject.id()))
        .execute()
        .records()
        .stream()
        .map(row -> row.get("text").asString("?"))
        .toList();
  }

  /** Of its node. */
  long revision(Subject subject) {
    return engines
        .inventory
        .executableQuery("MATCH (d:Database {id: $id}) RETURN d.revision AS revision")
        .withParameters(Map.of("id", subject.id()))
        .execute()
        .records()
        .get(0)
        .get("revision")
        .asLong();
  }

  /** Of all databases of a space. */
  List<String> names(Scope scope) {
    return engines
        .inventory
        .executableQuery(
            "MATCH (d:Database {tenant_id: $tenant, space_id: $space}) RETURN d.name AS name")
        .withParameters(Map.of("tenant", scope.tenantId(), "space", scope.spaceId()))
        .execute()
        .records()
        .stream()
        .map(row -> row.get("name").asString())
        .toList();
  }

  private boolean monitored(Subject subject) {
    try {
      return client.newUntypedWorkflowStub(WorkflowIds.health(subject.id())).describe().getStatus()
          == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (WorkflowNotFoundException neverStarted) {
      return false;
    }
  }

  private List<String> dbhub(Subject subject) {
    String source = "DBHUB_db_" + subject.id().substring(0, 8);
    Secret secret =
        engines
            .kubernetes
            .secrets()
            .inNamespace(ClusterEngine.NAMESPACE)
            .withName(INSTANCE + subject.lane() + "-credentials")
            .get();
    return Stream.ofNullable(secret)
        .flatMap(found -> found.getData().keySet().stream())
        .filter(key -> key.startsWith(source) && key.endsWith("_USER"))
        .map(
            key ->
                subject.credentials(
                    value(secret, key), value(secret, key.replaceAll("_USER$", "_PASSWORD"))))
        .toList();
  }

  /** What there is of any connection, as the label or the id says. */
  Map<String, List<String>> everything() {
    return Map.of(
        "Secrets",
        engines
            .kubernetes
            .secrets()
            .inNamespace(ClusterEngine.NAMESPACE)
            .withLabel(Kubernetes.DATABASE_ID)
            .list()
            .getItems()
            .stream()
            .map(object -> object.getMetadata().getName())
            .toList(),
        "resources",
        engines
            .kubernetes
            .resources(DatabaseResource.class)
            .inNamespace(ClusterEngine.NAMESPACE)
            .list()
            .getItems()
            .stream()
            .map(object -> object.getMetadata().getName())
            .toList(),
        "nodes",
        engines
            .inventory
            .executableQuery("MATCH (n:Database) RETURN n.id AS id")
            .execute()
            .records()
            .stream()
            .map(row -> row.get("id").asString())
            .toList());
  }
}
