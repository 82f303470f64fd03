package io.tas.dbhub.storage.journal;

/** A result with all that is kept of it. */
public record KeptResult(ScheduleResult result, KeptRows rows) {}
