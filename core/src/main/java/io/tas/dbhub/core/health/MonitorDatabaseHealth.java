package io.tas.dbhub.core.health;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Keeps proving that a connection works, for as long as its Database resource exists.
 *
 * <p>Workflow id: {@link io.tas.dbhub.core.names.WorkflowIds#health}.
 */
@WorkflowInterface
public interface MonitorDatabaseHealth {
  String NAME = "MonitorDatabaseHealth";

  @WorkflowMethod(name = NAME)
  void monitor(MonitorRequest request);

  /** Probes now, and answers what the probe found once it is written down. */
  @UpdateMethod(name = "checkNow")
  CheckResult checkNow();

  /** The resource or its Secret may have changed: probe soon. Sending it twice is harmless. */
  @SignalMethod(name = "connectionChanged")
  void connectionChanged();

  @SignalMethod(name = "pause")
  void pause();

  @SignalMethod(name = "resume")
  void resume();

  /** The connection is going away: end. */
  @SignalMethod(name = "stop")
  void stop();

  @QueryMethod(name = "health")
  HealthState health();
}
