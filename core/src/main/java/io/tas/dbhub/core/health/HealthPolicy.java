package io.tas.dbhub.core.health;

import java.time.Duration;

/**
 * How often to probe and when to change one's mind. Comes from the worker's configuration with
 * every probe's answer, so a change takes effect at the next probe and a replay sees what was then.
 *
 * @param interval between probes of a healthy connection
 * @param retryInterval after the first failure; doubles with each further one up to interval
 * @param jitter share of a delay that is random, 0 to 1
 * @param failuresToFailed failures in a row that make Connected Failed; fewer make it Degraded
 * @param successesToConnected successes in a row that make Failed or Degraded Connected again
 * @param slowAfter a probe that takes longer counts as slow: Degraded
 * @param statusRefresh the longest time the resource's lastChecked may lag
 */
public record HealthPolicy(
    Duration interval,
    Duration retryInterval,
    double jitter,
    int failuresToFailed,
    int successesToConnected,
    Duration slowAfter,
    Duration statusRefresh) {
  public static HealthPolicy defaults() {
    return new HealthPolicy(
        Duration.ofMinutes(5),
        Duration.ofSeconds(15),
        0.1,
        3,
        2,
        Duration.ofSeconds(5),
        Duration.ofMinutes(30));
  }
}
