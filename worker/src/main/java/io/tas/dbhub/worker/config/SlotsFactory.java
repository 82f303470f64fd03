package io.tas.dbhub.worker.config;

import io.tas.dbhub.core.names.TaskQueues;
import jakarta.validation.constraints.Min;
import java.util.Map;

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

  @Min(1)
  public int dbhub = 20;

  @Min(1)
  public int journal = 10;

  /** The slots of each task queue that has activities. */
  public Map<String, Integer> byTaskQueue() {
    return Map.ofEntries(
        Map.entry(TaskQueues.KUBERNETES, kubernetes),
        Map.entry(TaskQueues.INVENTORY, inventory),
        Map.entry(TaskQueues.JDBC, jdbc),
        Map.entry(TaskQueues.DBHUB, dbhub),
        Map.entry(TaskQueues.JOURNAL, journal));
  }
}
