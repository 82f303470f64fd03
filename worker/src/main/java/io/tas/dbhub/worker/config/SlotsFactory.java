package io.tas.dbhub.worker.config;

import io.tas.dbhub.core.names.TaskQueues;
import jakarta.validation.constraints.Min;
import java.util.Map;

/** How much one worker does at once, per task queue. Each queue has slots of its own. */
public final class SlotsFactory {
  /** Each only waits for its probes, or for its turn to start a monitor. */
  private static final int FIRST_CHECKS_TOGETHER = 100;

  @Min(1)
  public int workflows = 100;

  @Min(1)
  public int kubernetes = 20;

  @Min(1)
  public int inventory = 20;

  /** As many targets can hang at once before the next probe has to wait. */
  @Min(1)
  public int jdbc = 100;

  /**
   * Probes of many new connections at a time, beside those of jdbc. However many are checked
   * together, no more are.
   */
  @Min(1)
  public int firstChecks = 30;

  @Min(1)
  public int dbhub = 20;

  /** Databases that runs of schedules wait for at a time; the work itself is done elsewhere. */
  @Min(1)
  public int schedules = 50;

  /** Queries of schedules that run at a time: fewer than queries may, so that people have room. */
  @Min(1)
  public int queries = 16;

  /** Messages to others that are sent at a time. */
  @Min(1)
  public int webhooks = 10;

  /**
   * Rows of batches that wait for their operations at a time; the work itself is done elsewhere.
   */
  @Min(1)
  public int batches = 64;

  @Min(1)
  public int journal = 10;

  /** Schemas that are read at a time: each may be large. */
  @Min(1)
  public int schema = 2;

  /** How many probes run at a time. */
  public int probes() {
    return jdbc + firstChecks + quietChecks();
  }

  /** How many workflow tasks may be busy with a check at a time; the others are for all else. */
  public int quietChecks() {
    return Math.max(1, workflows / 4);
  }

  /** The slots of each task queue that has activities of its own. */
  public Map<String, Integer> byTaskQueue() {
    return Map.ofEntries(
        Map.entry(TaskQueues.KUBERNETES, kubernetes),
        Map.entry(TaskQueues.INVENTORY, inventory),
        Map.entry(TaskQueues.JDBC, jdbc),
        Map.entry(TaskQueues.FIRST_CHECKS, FIRST_CHECKS_TOGETHER),
        Map.entry(TaskQueues.DBHUB, dbhub),
        Map.entry(TaskQueues.SCHEMA, schema),
        Map.entry(TaskQueues.SCHEDULES, schedules),
        Map.entry(TaskQueues.QUERIES, queries),
        Map.entry(TaskQueues.WEBHOOKS, webhooks),
        Map.entry(TaskQueues.BATCHES, batches),
        Map.entry(TaskQueues.JOURNAL, journal));
  }
}
