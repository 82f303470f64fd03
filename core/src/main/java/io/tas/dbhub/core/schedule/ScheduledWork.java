package io.tas.dbhub.core.schedule;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * What runs of schedules need of the inventory and of Temporal. Repeating any of it is harmless.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#SCHEDULES}.
 */
@ActivityInterface
public interface ScheduledWork {
  /** Fails with {@code InventoryUnavailable}, {@code Invalid} for a cursor that is none. */
  @ActivityMethod(name = "FindScheduled")
  TargetPage find(TargetQuery query);

  /**
   * Begins what is due, or joins what does it already, and waits for its end for some time. What
   * the database itself failed with is an outcome. Fails with {@code InventoryUnavailable}, {@code
   * TemporalUnavailable}.
   */
  @ActivityMethod(name = "DoScheduled")
  ItemResult begin(ScheduledItem item);

  /**
   * Pauses the schedule itself; one that is gone is fine. Fails with {@code TemporalUnavailable}.
   */
  @ActivityMethod(name = "PauseSchedule")
  void pause(PauseSchedule request);
}
