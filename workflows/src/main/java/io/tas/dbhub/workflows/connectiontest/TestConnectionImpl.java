package io.tas.dbhub.workflows.connectiontest;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.probe;

import io.tas.dbhub.core.connectiontest.TestConnection;
import io.tas.dbhub.core.connectiontest.TestRequest;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.ProbeActivities;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowVersioningBehavior;

/** One probe of what is not saved. */
public final class TestConnectionImpl implements TestConnection {
  private final ProbeActivities probes =
      Workflow.newActivityStub(ProbeActivities.class, probe("Probe"));

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public Diagnosis test(TestRequest request) {
    return probes.test(request);
  }
}
