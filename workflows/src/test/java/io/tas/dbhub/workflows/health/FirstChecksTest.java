package io.tas.dbhub.workflows.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.health.CheckedConnection;
import io.tas.dbhub.core.health.FirstChecks;
import io.tas.dbhub.core.health.FirstChecksRequest;
import io.tas.dbhub.core.health.NewConnection;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FirstChecksTest extends WorkflowTest {
  private static final FirstChecksRequest TWO =
      new FirstChecksRequest(
          List.of(
              new NewConnection("uid-1", new ResourceRef("sales", "orders")),
              new NewConnection("uid-2", new ResourceRef("sales", "customers"))));

  private FirstChecks checks() {
    return stub(FirstChecks.class, WorkflowIds.firstChecks("batch"));
  }

  @Test
  void eachConnectionGetsAMonitorThatGoesOnFromWhatWasFound() throws Exception {
    FirstChecks checks = checks();

    checks.check(TWO);

    assertThat(world.calls).containsExactly("CheckFirst", "StartMonitors");
    assertThat(firstChecks.started)
        .extracting(CheckedConnection::monitorId)
        .containsExactly("uid-1", "uid-2");
    assertThat(firstChecks.started)
        .extracting(one -> Objects.requireNonNull(one.state()).status())
        .containsOnly(DatabaseStatus.CONNECTED);
    record("FirstChecks-two", WorkflowStub.fromTyped(checks));
  }

  @Test
  void anOutageDelaysChecksAndMonitorsAndLosesNone() {
    world.failNext("CheckFirst", FailureType.KUBERNETES_UNAVAILABLE, true);
    world.failNext("StartMonitors", FailureType.TEMPORAL_UNAVAILABLE, false);

    checks().check(TWO);

    assertThat(world.calls)
        .containsExactly("CheckFirst", "CheckFirst", "StartMonitors", "StartMonitors");
    assertThat(firstChecks.started).hasSize(2);
  }
}
