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
import io.tas.dbhub.core.health.QuietCheck;
import io.tas.dbhub.core.health.QuietChecks;
import io.tas.dbhub.core.health.ResourceStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Databases that always answer, and at once: what is measured is the monitors' own cost. */
final class Monitored implements ProbeActivities, InventoryHealth, ResourceStatus, QuietChecks {
  private final HealthPolicy policy;
  private final long tookMillis;
  private final Consumer<String> checked;

  /**
   * @param tookMillis what each probe is said to have taken
   * @param checked takes the id of each database that was checked, once that is written down
   */
  Monitored(Duration interval, long tookMillis, Consumer<String> checked) {
    this.tookMillis = tookMillis;
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
        false, 1, new Diagnosis(true, List.of(), "16.1", "orders", null, null, tookMillis), policy);
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
  public boolean worksStill(QuietCheck check) {
    checked.accept(check.resource().name());
    return true;
  }

  @Override
  public void writeResourceStatus(HealthReport report) {}
}
