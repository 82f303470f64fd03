package io.tas.dbhub.worker.config;

import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import io.tas.dbhub.activities.jdbc.query.QueryRunnerSettings;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/** What queries may take of a worker. */
public final class QueriesFactory {
  /** At a time; each holds a thread. */
  @Min(1)
  public int concurrent = 64;

  /** To all targets, those included that wait for the next query. */
  @Min(1)
  public int connections = 256;

  /** To one target with one login. */
  @Min(1)
  public int connectionsPerTarget = 8;

  /** How long a connection waits for the next query. */
  @NotNull public Duration idle = Duration.minutes(1);

  /**
   * How many a user's schedules may begin within an hour, counted with the queries that they ask
   * themselves where the API has the same number; 0 for any number.
   */
  @Min(0)
  public int perHour = 100;

  /** How long one of a schedule may take, whatever its connection's own timeouts say. */
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 15, unit = TimeUnit.MINUTES)
  public Duration scheduledWithin = Duration.minutes(5);

  public QueryRunnerSettings settings() {
    return new QueryRunnerSettings(
        concurrent, connections, connectionsPerTarget, idle.toJavaDuration());
  }
}
