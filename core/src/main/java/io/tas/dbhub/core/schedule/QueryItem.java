package io.tas.dbhub.core.schedule;

import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.model.DatabaseRef;

/**
 * What one database is asked.
 *
 * @param runId of the run that asks: see {@link RunReport}
 * @param standing of whom it is asked for
 */
public record QueryItem(
    String scheduleId,
    String runId,
    DatabaseRef database,
    ScheduledQuery query,
    Standing standing) {}
