package io.tas.dbhub.api.schedules;

import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Puts the parts of this package together. */
public final class Schedules {
  private Schedules() {}

  /**
   * @param within which Temporal answers, or is said to be down
   * @param perSpace how many one space may have
   */
  public static List<Object> resources(
      TemporalGateway temporal, DatabaseInventory inventory, Duration within, int perSpace) {
    ScheduleStore store = new ScheduleStore(temporal, within);
    ScheduleReader reader =
        new ScheduleReader(store, inventory, temporal.client().getOptions().getDataConverter());
    ScheduleControl control = new ScheduleControl(store, inventory, perSpace);
    return List.of(
        new SchedulesResource(reader, control),
        new ScheduleActionsResource(reader, control, Clock.systemUTC()));
  }
}
