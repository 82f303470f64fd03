package io.tas.dbhub.core.schedule;

import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.model.Scope;

/**
 * Asks for the next of a schedule's databases.
 *
 * @param standing of whom they are looked for; what they do not see is not found
 * @param cursor of the page before; empty for the first
 */
public record TargetQuery(Scope scope, ScheduleTarget target, Standing standing, String cursor) {}
