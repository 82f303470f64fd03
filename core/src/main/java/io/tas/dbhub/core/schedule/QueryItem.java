package io.tas.dbhub.core.schedule;

import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.model.DatabaseRef;

/**
 * What one database is asked.
 *
 * @param standing of whom it is asked for
 */
public record QueryItem(
    String scheduleId, DatabaseRef database, ScheduledQuery query, Standing standing) {}
