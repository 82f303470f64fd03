package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What there is of one connection in Kubernetes, Neo4j, Temporal and DBHub. */
record Traces(TestSystem system, String id) {

  List<String> secrets() {
    return names(
        system
            .kubernetes()
            .secrets()
            .inNamespace(ClusterEngine.NAMESPACE)
            .withLabel(Kubernetes.DATABASE_ID, id)
            .list()
            .getItems());
  }

  List<String> resources() {
    return names(
        system
            .kubernetes()
            .resources(DatabaseResource.class)
            .inNamespace(ClusterEngine.NAMESPACE)
            .withLabel(Kubernetes.DATABASE_ID, id)
            .list()
            .getItems());
  }

  private static List<String> names(List<? extends HasMetadata> objects) {
    return objects.stream().map(object -> object.getMetadata().getName()).toList();
  }

  /** Nodes of the inventory that have the id. */
  long nodes() {
    return system
        .neo4j()
        .executableQuery("MATCH (n {id: $id}) RETURN count(n) AS nodes")
        .withParameters(Map.of("id", id))
        .execute()
        .records()
        .get(0)
        .get("nodes")
        .asLong();
  }

  boolean monitored() {
    return runs(system.temporal("default"), WorkflowIds.health(id));
  }

  static boolean runs(WorkflowClient client, String workflowId) {
    try {
      return client.newUntypedWorkflowStub(workflowId).describe().getStatus()
          == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (WorkflowNotFoundException neverStarted) {
      return false;
    }
  }

  /** Everything that DBHub is configured with, in clear. */
  String dbhubConfiguration() {
    Map<String, String> instance = Map.of(Kubernetes.INSTANCE, ClusterEngine.INSTANCE);
    List<Secret> secrets =
        system
            .kubernetes()
            .secrets()
            .inNamespace(ClusterEngine.NAMESPACE)
            .withLabels(instance)
            .list()
            .getItems();
    assertThat(secrets).as("what DBHub servers are given").isNotEmpty();
    String credentials =
        secrets.stream()
            .flatMap(secret -> secret.getData().entrySet().stream())
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + new String(
                            Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8))
            .collect(Collectors.joining("\n"));
    return credentials
        + system
            .kubernetes()
            .configMaps()
            .inNamespace(ClusterEngine.NAMESPACE)
            .withLabels(instance)
            .list()
            .getItems()
            .stream()
            .map(map -> map.getData().toString())
            .collect(Collectors.joining("\n"));
  }

  void assertExactlyOne() {
    assertThat(secrets()).as("Secrets").hasSize(1);
    assertThat(resources()).as("Database resources").hasSize(1);
    assertThat(nodes()).as("nodes").isEqualTo(1);
  }

  void assertNothingLeft() {
    assertThat(secrets()).as("Secrets").isEmpty();
    assertThat(resources()).as("Database resources").isEmpty();
    assertThat(nodes()).as("nodes").isZero();
  }
}
