package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.DatabaseStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
 * @param login what is known of the login's rights; null before anything is
 */
public record HealthState(
    DatabaseStatus status,
    String message,
    int failures,
    int successes,
    long generation,
    long statusWrittenAtMillis,
    boolean paused,
    boolean setAside,
    @Nullable LoginFinding login) {
  public static HealthState unknown() {
    return new HealthState(DatabaseStatus.PENDING, "", 0, 0, 0, 0, false, false, null);
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
        false,
        login);
  }

  public HealthState statusWrittenAt(Instant time) {
    return new HealthState(
        status,
        message,
        failures,
        successes,
        generation,
        time.toEpochMilli(),
        paused,
        setAside,
        login);
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
        setAside,
        login);
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
        nowSetAside,
        login);
  }

  /**
   * @param found null where nothing new was: what is known stays
   */
  public HealthState login(@Nullable LoginFinding found) {
    return new HealthState(
        status,
        message,
        failures,
        successes,
        generation,
        statusWrittenAtMillis,
        paused,
        setAside,
        found == null ? login : found);
  }

  /** What is known of the login may not be so any more. */
  public HealthState loginDue() {
    return login == null ? this : login(login.due());
  }
}
