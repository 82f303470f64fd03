package io.tas.dbhub.core.schedule;

import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.model.DatabaseRef;

/**
 * What is due for one database.
 *
 * @param schedule the schedule's name
 * @param standing of whom it is done for
 */
public record ScheduledItem(
    DatabaseRef database, ScheduleKind kind, String schedule, Standing standing) {}
