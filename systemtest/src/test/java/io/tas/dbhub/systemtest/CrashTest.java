package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker may die at any time. */
@ExtendWith(RealSystem.class)
class CrashTest {
  private final TestSystem system;
  private final Tenant tenant;

  CrashTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aProvisioningSurvivesTheDeathOfItsWorker() {
    Map<String, Object> request = tenant.postgres("crash");
    String id;
    // The inventory hangs, so the provisioning stands where Secret and resource exist and the node
    // does not.
    try (Signals.Held neo4j = Signals.hold(system.local().neo4j().process().pid())) {
      ApiClient.Answer answer = tenant.api().post("databases", request);
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      id = Tenant.id(answer);
      Traces traces = new Traces(system, id);
      await()
          .atMost(Tenant.PATIENCE)
          .until(() -> traces.secrets().size() == 1 && traces.resources().size() == 1);
      system.local().worker().kill();
      assertThat(system.local().worker().isAlive()).isFalse();
    }
    Traces traces = new Traces(system, id);
    system.local().worker().revive();
    system.local().worker().awaitReady();

    tenant.awaitConnected(id);
    traces.assertExactlyOne();
    assertThat(traces.monitored()).isTrue();
    tenant.delete(id);
    traces.assertNothingLeft();
  }

  @Test
  void manyProvisioningsSurviveTheDeathOfTheirWorker() {
    List<Map<String, Object>> requests =
        List.of("a", "b", "c", "d", "e").stream()
            .map(name -> tenant.sqlite("many-" + name))
            .toList();
    List<String> ids =
        requests.stream()
            .map(request -> Tenant.id(tenant.api().post("databases", request)))
            .toList();
    system.local().worker().kill();
    system.local().worker().revive();
    system.local().worker().awaitReady();

    ids.forEach(
        id -> {
          tenant.awaitConnected(id);
          new Traces(system, id).assertExactlyOne();
        });
    assertThat(
            system
                .kubernetes()
                .secrets()
                .inNamespace(ClusterEngine.NAMESPACE)
                .withLabel(Kubernetes.TENANT, tenant.id())
                .list()
                .getItems())
        .hasSize(ids.size());
  }
}
