package io.tas.dbhub.api.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/** What becomes of queries that were asked. */
public final class HistoryFactory {
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.HOURS)
  private Duration keep = Duration.days(90);

  public java.time.Duration keep() {
    return keep.toJavaDuration();
  }

  /** How long they are in the history, unless somebody pins them. The audit forgets nothing. */
  @JsonProperty
  public void setKeep(Duration keep) {
    this.keep = keep;
  }
}
