package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** What schedules may take. */
public final class SchedulesFactory {
  /** They are counted by one page of a list. */
  private static final int MOST = 1000;

  @Min(0)
  @Max(MOST)
  private int perSpace = 100;

  @Valid @NotNull private WebhooksFactory webhooks = new WebhooksFactory();

  public WebhooksFactory webhooks() {
    return webhooks;
  }

  @JsonProperty
  public void setWebhooks(WebhooksFactory webhooks) {
    this.webhooks = webhooks;
  }

  public int perSpace() {
    return perSpace;
  }

  /** How many one space may have; 0 for none at all. */
  @JsonProperty
  public void setPerSpace(int perSpace) {
    this.perSpace = perSpace;
  }
}
