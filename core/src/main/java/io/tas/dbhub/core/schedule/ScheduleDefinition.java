package io.tas.dbhub.core.schedule;

/**
 * What somebody asked for.
 *
 * @param name unique in its space; the schedule's id is made of it
 * @param catchupWindowSeconds how late a run may be that was due while Temporal was down
 * @param pauseOnFailure whether a run that fails is the last until somebody resumes
 */
public record ScheduleDefinition(
    String name,
    ScheduleKind kind,
    ScheduleTarget target,
    Timing timing,
    OverlapPolicy overlap,
    int catchupWindowSeconds,
    boolean pauseOnFailure) {}
