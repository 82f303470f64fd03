package io.tas.dbhub.worker.config;

import io.dropwizard.util.Duration;
import io.tas.dbhub.core.health.HealthPolicy;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** How often connections are probed and when their status changes; see {@link HealthPolicy}. */
public final class HealthFactory {
  private static final HealthPolicy DEFAULTS = HealthPolicy.defaults();

  @NotNull public Duration interval = of(DEFAULTS.interval());
  @NotNull public Duration retryInterval = of(DEFAULTS.retryInterval());

  @DecimalMin("0")
  @DecimalMax("1")
  public double jitter = DEFAULTS.jitter();

  @Min(1)
  public int failuresToFailed = DEFAULTS.failuresToFailed();

  @Min(1)
  public int successesToConnected = DEFAULTS.successesToConnected();

  @NotNull public Duration slowAfter = of(DEFAULTS.slowAfter());
  @NotNull public Duration statusRefresh = of(DEFAULTS.statusRefresh());

  /** How often it is asked what the login of a read-only connection may do. */
  @NotNull public Duration loginRightsEvery = Duration.hours(24);

  public HealthPolicy policy() {
    return new HealthPolicy(
        interval.toJavaDuration(),
        retryInterval.toJavaDuration(),
        jitter,
        failuresToFailed,
        successesToConnected,
        slowAfter.toJavaDuration(),
        statusRefresh.toJavaDuration());
  }

  private static Duration of(java.time.Duration duration) {
    return Duration.milliseconds(duration.toMillis());
  }
}
