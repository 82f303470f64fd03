package io.tas.dbhub.core.schedule;

import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for.
 *
 * @param name unique in its space; the schedule's id is made of it
 * @param catchupWindowSeconds how late a run may be that was due while Temporal was down
 * @param pauseOnFailure whether a run that fails is the last until somebody resumes
 * @param query of the kind that asks; null of any other
 */
public record ScheduleDefinition(
    String name,
    ScheduleKind kind,
    ScheduleTarget target,
    Timing timing,
    OverlapPolicy overlap,
    int catchupWindowSeconds,
    boolean pauseOnFailure,
    @Nullable ScheduledQuery query) {
  /** The same with another query, or none. */
  public ScheduleDefinition asking(@Nullable ScheduledQuery other) {
    return new ScheduleDefinition(
        name, kind, target, timing, overlap, catchupWindowSeconds, pauseOnFailure, other);
  }
}
