package io.tas.dbhub.core.schedule;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Asking databases for schedules.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#QUERIES}.
 */
@ActivityInterface
public interface ScheduledQueries {
  /**
   * Judges the query as one that is asked now, runs it, and keeps what it answers. Repeating it
   * answers what came of it; one that may write is never begun twice. What the database or the
   * judgement refuses is an outcome. Fails with {@code InventoryUnavailable}, {@code
   * JournalUnavailable}, {@code DbhubUnavailable} while nothing serves the database, {@code Busy},
   * {@code WorkerUnavailable} when the worker stops.
   */
  @ActivityMethod(name = "RunScheduledQuery")
  ItemResult run(QueryItem item);
}
