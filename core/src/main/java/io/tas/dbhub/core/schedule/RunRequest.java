package io.tas.dbhub.core.schedule;

import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule gives to each of its runs. It is where the definition is kept.
 *
 * @param scheduleId a UUID in its canonical text form
 * @param standing of whom it acts for: who made or changed the schedule last, as they stood then
 * @param change names the change that made the schedule what it is
 * @param progress what earlier pages came to; null at first
 */
public record RunRequest(
    String scheduleId,
    Scope scope,
    ScheduleDefinition definition,
    Standing standing,
    String change,
    @Nullable RunProgress progress) {
  /** The same for the next page. */
  public RunRequest carrying(RunProgress now) {
    return new RunRequest(scheduleId, scope, definition, standing, change, now);
  }
}
