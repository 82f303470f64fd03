package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.connectiontest.TestRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.InventoryHealth;
import io.tas.dbhub.core.health.ProbeActivities;
import io.tas.dbhub.core.health.ProbeOutcome;
import io.tas.dbhub.core.health.ProbeRequest;
import io.tas.dbhub.core.health.ResourceStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Databases that always answer, and at once: what is measured is the monitors' own cost. */
final class Monitored implements ProbeActivities, InventoryHealth, ResourceStatus {
  private final HealthPolicy policy;
  private final Consumer<String> checked;

  /**
   * @param checked takes the id of each database that was checked, once that is written down
   */
  Monitored(Duration interval, Consumer<String> checked) {
    HealthPolicy usual = HealthPolicy.defaults();
    this.policy =
        new HealthPolicy(
            interval,
            usual.retryInterval(),
            usual.jitter(),
            usual.failuresToFailed(),
            usual.successesToConnected(),
            usual.slowAfter(),
            Duration.ofHours(1));
    this.checked = checked;
  }

  @Override
  public ProbeOutcome probe(ProbeRequest request) {
    return new ProbeOutcome(
        false, 1, new Diagnosis(true, List.of(), "16.1", "orders", null, null, 3), policy);
  }

  @Override
  public Diagnosis test(TestRequest request) {
    throw Failures.of(FailureType.INTERNAL, "nobody tests here");
  }

  @Override
  public void recordHealth(HealthReport report) {
    checked.accept(report.resource().name());
  }

  @Override
  public void writeResourceStatus(HealthReport report) {}
}
