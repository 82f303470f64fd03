package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** The Kubernetes API server goes and comes back, and the watches with it. */
@Isolated
@ExtendWith(RealSystem.class)
class ApiServerOutageTest {
  private final TestSystem system;
  private final Tenant tenant;
  private final WorkerAdmin worker;

  ApiServerOutageTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
    this.worker = new WorkerAdmin(system.local().workerAdmin());
  }

  @Test
  void whatChangedWhileNobodyWatchedIsFoundAfterwards() {
    HandMadeDatabase kept = new HandMadeDatabase(system, tenant, "kept");
    HandMadeDatabase deleted = new HandMadeDatabase(system, tenant, "deleted");
    HandMadeDatabase made = new HandMadeDatabase(system, tenant, "made");
    HandMadeDatabase again = new HandMadeDatabase(system, tenant, "again");
    String keptId = kept.apply();
    String deletedId = deleted.apply();
    kept.awaitConnected();
    String beforeId = again.apply();
    deleted.awaitConnected();
    again.awaitConnected();
    assertThat(deleted.monitored(deletedId)).isTrue();
    long process = system.local().worker().pid();

    system.kubernetesServer().killApi();
    await("the worker stops watching").atMost(Tenant.PATIENCE).until(() -> !worker.leads());
    assertThat(worker.health()).contains("cannot be asked");
    assertThat(worker.ready()).as("nothing that a restart would cure").isTrue();
    assertThat(tenant.api().get("databases").status()).isEqualTo(200);

    // It is back while the worker does not look.
    String madeId;
    String afterId;
    try (Signals.Held held = Signals.hold(process)) {
      system.kubernetesServer().restartApi();
      deleted.delete();
      madeId = made.apply();
      again.delete();
      afterId = again.apply();
    }
    await("the worker watches again").atMost(Tenant.PATIENCE).until(worker::leads);
    assertThat(system.local().worker().pid()).as("the same process").isEqualTo(process);
    made.awaitConnected();
    await("nobody probes what is gone")
        .atMost(Tenant.PATIENCE)
        .until(() -> !deleted.monitored(deletedId));
    assertThat(kept.monitored(keptId)).isTrue();
    again.awaitConnected();
    await("one made again is another, and probed once")
        .atMost(Tenant.PATIENCE)
        .until(() -> again.monitored(afterId) && !again.monitored(beforeId));

    kept.delete();
    again.delete();
    made.delete();
    await("a deletion is seen at once by those who watch")
        .atMost(Tenant.PATIENCE)
        .until(() -> !kept.monitored(keptId) && !made.monitored(madeId));
  }
}
