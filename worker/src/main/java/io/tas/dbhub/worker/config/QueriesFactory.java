package io.tas.dbhub.worker.config;

import io.dropwizard.util.Duration;
import io.tas.dbhub.activities.jdbc.query.QueryRunnerSettings;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

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

  public QueryRunnerSettings settings() {
    return new QueryRunnerSettings(
        concurrent, connections, connectionsPerTarget, idle.toJavaDuration());
  }
}
