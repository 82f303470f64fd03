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
 * @param paused whether somebody paused probing
 * @param setAside whether the resource says that the connection is set aside, and that is written
 *     down
 */
public record HealthState(
    DatabaseStatus status,
    String message,
    int failures,
    int successes,
    long generation,
    long statusWrittenAtMillis,
    boolean paused,
    boolean setAside) {
  public static HealthState unknown() {
    return new HealthState(DatabaseStatus.PENDING, "", 0, 0, 0, 0, false, false);
  }

  /** Another finding: of a connection that is not set aside. */
  public HealthState found(
      DatabaseStatus nowStatus,
      String nowMessage,
      int nowFailures,
      int nowSuccesses,
      long nowGeneration) {
    return new HealthState(
        nowStatus,
        nowMessage,
        nowFailures,
        nowSuccesses,
        nowGeneration,
        statusWrittenAtMillis,
        paused,
        false);
  }

  public HealthState statusWrittenAt(Instant time) {
    return new HealthState(
        status, message, failures, successes, generation, time.toEpochMilli(), paused, setAside);
  }

  public HealthState paused(boolean nowPaused) {
    return new HealthState(
        status,
        message,
        failures,
        successes,
        generation,
        statusWrittenAtMillis,
        nowPaused,
        setAside);
  }

  public HealthState setAside(boolean nowSetAside) {
    return new HealthState(
        status,
        message,
        failures,
        successes,
        generation,
        statusWrittenAtMillis,
        paused,
        nowSetAside);
  }
}
