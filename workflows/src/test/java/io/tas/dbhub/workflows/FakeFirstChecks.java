package io.tas.dbhub.workflows;

import io.tas.dbhub.core.health.CheckedConnection;
import io.tas.dbhub.core.health.FirstCheckActivities;
import io.tas.dbhub.core.health.FirstChecksReport;
import io.tas.dbhub.core.health.FirstChecksRequest;
import io.tas.dbhub.core.health.HealthState;
import io.tas.dbhub.core.model.DatabaseStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Finds every new connection Connected, and notes whose monitors are to be started. */
public final class FakeFirstChecks implements FirstCheckActivities {
  public final List<CheckedConnection> started = new CopyOnWriteArrayList<>();
  private final FakeWorld world;

  FakeFirstChecks(FakeWorld world) {
    this.world = world;
  }

  @Override
  public FirstChecksReport checkFirst(FirstChecksRequest request) {
    world.call("CheckFirst", () -> {});
    HealthState found = HealthState.unknown().found(DatabaseStatus.CONNECTED, "", 0, 1, 1);
    return new FirstChecksReport(
        request.connections().stream()
            .map(one -> new CheckedConnection(one.monitorId(), one.resource(), found))
            .toList());
  }

  @Override
  public void startMonitors(FirstChecksReport report) {
    world.call("StartMonitors", () -> started.addAll(report.checked()));
  }
}
