package io.tas.dbhub.core.schedule;

import io.tas.dbhub.core.model.DatabaseType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which databases of a space a schedule is for. Those of a selector are looked for anew at each
 * run.
 *
 * @param databaseIds the ids; empty for a selector
 * @param type only databases of it; null for any
 * @param labelKey only databases that have this label; null for any
 * @param labelValue the value the label must have; null for any
 */
public record ScheduleTarget(
    List<String> databaseIds,
    @Nullable DatabaseType type,
    @Nullable String labelKey,
    @Nullable String labelValue) {
  /** What a schedule names by id at most: one page of a run. */
  public static final int MOST_IDS = 100;

  public ScheduleTarget {
    databaseIds = List.copyOf(databaseIds);
  }

  public static ScheduleTarget of(List<String> databaseIds) {
    return new ScheduleTarget(databaseIds, null, null, null);
  }

  /** All that the schedule's owner may act on. */
  public static ScheduleTarget everything() {
    return of(List.of());
  }

  /** Whether it names its databases, however many of them there still are. */
  public boolean named() {
    return !databaseIds.isEmpty();
  }
}
