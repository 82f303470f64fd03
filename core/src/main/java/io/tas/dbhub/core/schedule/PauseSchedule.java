package io.tas.dbhub.core.schedule;

/**
 * @param note why, for people
 */
public record PauseSchedule(String scheduleId, String note) {}
