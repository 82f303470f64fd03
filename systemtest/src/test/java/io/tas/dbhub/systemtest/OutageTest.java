package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** What is down is named, and everything goes on by itself once it is back. */
@Isolated
@ExtendWith(RealSystem.class)
class OutageTest {
  private static final String PROCESS = "process://";

  private final TestSystem system;
  private final Tenant tenant;

  OutageTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aHangingInventoryIsNamedAndRecovers() {
    String id = tenant.create(tenant.sqlite("inventory"));
    tenant.awaitConnected(id);
    try (Signals.Held neo4j = Signals.hold(system.local().neo4j().process().pid())) {
      unavailable(tenant.api().get("databases"), "InventoryUnavailable", "Neo4j");
      unavailable(tenant.api().get("databases/" + id), "InventoryUnavailable", "Neo4j");
      unavailable(tenant.query(id, "SELECT 1"), "InventoryUnavailable", "Neo4j");
    }
    await()
        .atMost(Tenant.PATIENCE)
        .until(() -> tenant.api().get("databases/" + id).status() == 200);
    tenant.delete(id);
  }

  @Test
  void aHangingTemporalIsNamedAndRecovers() {
    Map<String, Object> request = tenant.sqlite("temporal");
    long temporal = system.local().temporal().process().orElseThrow().pid();
    try (Signals.Held held = Signals.hold(temporal)) {
      unavailable(tenant.api().post("databases", request), "TemporalUnavailable", "Temporal");
    }
    String id =
        Tenant.id(
            await()
                .atMost(Tenant.PATIENCE)
                .until(
                    () ->
                        tenant.api().post("databases", request, Map.of("Idempotency-Key", "again")),
                    answer -> answer.status() == 201 || answer.status() == 409));
    if (id.isEmpty()) {
      // The request that nobody could answer was heard all the same.
      id = tenant.api().get("databases?q=temporal").body().at("/databases/0/id").asText();
    }
    tenant.awaitConnected(id);
    tenant.delete(id);
  }

  @Test
  void provisioningWaitsForAHangingKubernetes() {
    Map<String, Object> request = tenant.sqlite("kubernetes");
    String id;
    try (Signals.Held held = Signals.hold(system.kubernetesApi().pid())) {
      ApiClient.Answer answer = tenant.api().post("databases", request);
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      id = Tenant.id(answer);
      assertThat(tenant.api().get("databases").status()).isEqualTo(200);
    }
    tenant.awaitConnected(id);
    new Traces(system, id).assertExactlyOne();
    tenant.delete(id);
  }

  @Test
  void aDeadDbhubStopsNobodysQueries() {
    String id = tenant.create(tenant.sqlite("dbhub"));
    tenant.awaitQuery(id, "SELECT name FROM towns");

    dbhubProcesses()
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

    ApiClient.Answer answer = tenant.query(id, "SELECT name FROM towns");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    tenant.delete(id);
  }

  private static void unavailable(ApiClient.Answer answer, String code, String named) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.body().path("code").asText()).isEqualTo(code);
    assertThat(answer.body().path("detail").asText()).contains(named);
    assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
  }

  /** As the node tells them in the status of the instance's pods. */
  private List<Long> dbhubProcesses() {
    return system
        .kubernetes()
        .pods()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withLabel(Kubernetes.INSTANCE, ClusterEngine.INSTANCE)
        .list()
        .getItems()
        .stream()
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .map(ContainerStatus::getContainerID)
        .filter(container -> container.startsWith(PROCESS))
        .map(container -> Long.valueOf(container.substring(PROCESS.length())))
        .toList();
  }
}
