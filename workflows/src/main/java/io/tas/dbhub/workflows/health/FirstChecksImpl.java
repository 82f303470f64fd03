package io.tas.dbhub.workflows.health;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.firstChecks;

import io.tas.dbhub.core.health.FirstCheckActivities;
import io.tas.dbhub.core.health.FirstChecks;
import io.tas.dbhub.core.health.FirstChecksReport;
import io.tas.dbhub.core.health.FirstChecksRequest;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.time.Duration;

/** Probe all, let the burst pass, start the monitors. */
public final class FirstChecksImpl implements FirstChecks {
  /** Who watches sees statuses first; monitors only wait when they begin. */
  private static final Duration BURST = Duration.ofSeconds(20);

  private final FirstCheckActivities probes =
      Workflow.newActivityStub(FirstCheckActivities.class, firstChecks("Probe new connections"));
  private final FirstCheckActivities monitors =
      Workflow.newActivityStub(FirstCheckActivities.class, firstChecks("Start their monitors"));

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public void check(FirstChecksRequest request) {
    FirstChecksReport report = probes.checkFirst(request);
    Workflow.sleep(BURST);
    monitors.startMonitors(report);
  }
}
