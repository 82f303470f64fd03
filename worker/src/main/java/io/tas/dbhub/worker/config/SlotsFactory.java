package io.tas.dbhub.worker.config;

import jakarta.validation.constraints.Min;

/** How much one worker does at once, per task queue. Each queue has slots of its own. */
public final class SlotsFactory {
  @Min(1)
  public int workflows = 100;

  @Min(1)
  public int kubernetes = 20;

  @Min(1)
  public int inventory = 20;

  /** As many targets can hang at once before the next probe has to wait. */
  @Min(1)
  public int jdbc = 100;
}
