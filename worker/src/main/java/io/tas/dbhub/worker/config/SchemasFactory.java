package io.tas.dbhub.worker.config;

import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/** How the catalogue of schemas is kept. */
public final class SchemasFactory {
  /** How often each database's schema is read, a tenth more or less. */
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.MINUTES)
  public Duration syncEvery = Duration.hours(24);
}
