package io.tas.dbhub.worker;

import com.codahale.metrics.health.HealthCheck;
import io.tas.dbhub.worker.election.Leadership;

/**
 * Whether this worker could watch Kubernetes if it had to. Not leading is as healthy as leading.
 */
final class ElectionHealth extends HealthCheck {
  private final Leadership leadership;

  ElectionHealth(Leadership leadership) {
    this.leadership = leadership;
  }

  @Override
  protected Result check() {
    String trouble = leadership.trouble();
    if (!trouble.isEmpty()) {
      return Result.unhealthy(trouble);
    }
    if (leadership.leads()) {
      return Result.healthy("leads");
    }
    String leader = leadership.leader();
    return Result.healthy(leader.isEmpty() ? "nobody leads yet" : leader + " leads");
  }
}
