package io.tas.dbhub.api.schedules;

import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.gate.order.QueryJudge;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.ScheduleResults;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Puts the parts of this package together. */
public final class Schedules {
  private Schedules() {}

  /**
   * @param judge of what schedules ask
   * @param results of what they asked
   * @param within which Temporal answers, or is said to be down
   * @param perSpace how many one space may have
   */
  public static List<Object> resources(
      TemporalGateway temporal,
      DatabaseInventory inventory,
      QueryJudge judge,
      ScheduleResults results,
      Duration within,
      int perSpace) {
    ScheduleStore store = new ScheduleStore(temporal, within);
    ScheduleReader reader =
        new ScheduleReader(store, inventory, temporal.client().getOptions().getDataConverter());
    ScheduleControl control =
        new ScheduleControl(store, inventory, new QueryCheck(inventory, judge), results, perSpace);
    return List.of(
        new SchedulesResource(reader, control),
        new ScheduleActionsResource(reader, control, Clock.systemUTC()),
        new ScheduleResultsResource(reader, results, inventory));
  }
}
