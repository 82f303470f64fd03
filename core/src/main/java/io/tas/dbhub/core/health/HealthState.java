package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.DatabaseStatus;
import java.time.Instant;

/**
 * What a monitor knows between two probes; carried over continue-as-new.
 *
 * @param failures probes failed in a row
 * @param successes probes succeeded in a row
 * @param message why it is not Connected; empty when it is
 * @param generation the resource's generation last probed; 0 before the first probe
 * @param statusWrittenAtMillis when the resource's status was last written, epoch milliseconds
 * @param paused whether probing is paused
 */
public record HealthState(
    DatabaseStatus status,
    String message,
    int failures,
    int successes,
    long generation,
    long statusWrittenAtMillis,
    boolean paused) {
  public static HealthState unknown() {
    return new HealthState(DatabaseStatus.PENDING, "", 0, 0, 0, 0, false);
  }

  public HealthState statusWrittenAt(Instant time) {
    return new HealthState(
        status, message, failures, successes, generation, time.toEpochMilli(), paused);
  }

  public HealthState paused(boolean nowPaused) {
    return new HealthState(
        status, message, failures, successes, generation, statusWrittenAtMillis, nowPaused);
  }
}
