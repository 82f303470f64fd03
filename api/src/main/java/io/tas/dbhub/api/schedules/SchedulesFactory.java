package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What schedules may take. */
public final class SchedulesFactory {
  /** They are counted by one page of a list. */
  private static final int MOST = 1000;

  @Min(0)
  @Max(MOST)
  private int perSpace = 100;

  public int perSpace() {
    return perSpace;
  }

  /** How many one space may have; 0 for none at all. */
  @JsonProperty
  public void setPerSpace(int perSpace) {
    this.perSpace = perSpace;
  }
}
