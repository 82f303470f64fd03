package io.tas.dbhub.api.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/** What queries may take of the API: each holds a thread, and its answer in memory. */
public final class QueriesFactory {
  @Min(1)
  private int concurrent = 32;

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  private Duration within = Duration.minutes(5);

  public QueryLimits limits() {
    return new QueryLimits(concurrent, within.toJavaDuration());
  }

  /** How many run at once; what comes beyond is answered with 429. */
  @JsonProperty
  public void setConcurrent(int concurrent) {
    this.concurrent = concurrent;
  }

  /** How long one may take, whatever its connection's own timeouts say. */
  @JsonProperty
  public void setWithin(Duration within) {
    this.within = within;
  }
}
