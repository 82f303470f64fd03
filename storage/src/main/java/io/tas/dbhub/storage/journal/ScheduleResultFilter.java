package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Which results of a schedule.
 *
 * @param databaseId only those of it; null for any
 * @param runId only those of this run; null for any
 * @param cursor where an earlier page ended; null for the first
 */
public record ScheduleResultFilter(
    Scope scope,
    String scheduleId,
    @Nullable String databaseId,
    @Nullable String runId,
    int pageSize,
    @Nullable String cursor) {}
