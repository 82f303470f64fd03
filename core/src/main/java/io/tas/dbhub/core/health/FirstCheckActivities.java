package io.tas.dbhub.core.health;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * First probes of many connections. Both may be repeated at any time: what is done already is left
 * as it is.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#FIRST_CHECKS}. Heartbeats. Fails with
 * {@code KubernetesUnavailable} and {@code TemporalUnavailable} (retried).
 */
@ActivityInterface
public interface FirstCheckActivities {
  /**
   * Probes each and writes its status as soon as it is known, so that none waits for another. What
   * does not answer soon is left to its monitor, which has more patience.
   */
  @ActivityMethod(name = "CheckFirst")
  FirstChecksReport checkFirst(FirstChecksRequest request);

  /** Starts the monitor of each that has none, at a rate that leaves room for other work. */
  @ActivityMethod(name = "StartMonitors")
  void startMonitors(FirstChecksReport report);
}
