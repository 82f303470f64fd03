package io.tas.dbhub.api.schedules;

import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.sealing.CredentialSealer;
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
   * @param sealer of what webhooks are signed with
   */
  public static List<Object> resources(
      TemporalGateway temporal,
      DatabaseInventory inventory,
      QueryJudge judge,
      ScheduleResults results,
      CredentialSealer sealer,
      Duration within,
      SchedulesFactory configured) {
    ScheduleStore store = new ScheduleStore(temporal, within);
    ScheduleReader reader =
        new ScheduleReader(store, inventory, temporal.client().getOptions().getDataConverter());
    ScheduleWebhooks webhooks = new ScheduleWebhooks(configured.webhooks().allowed(), sealer);
    ScheduleControl control =
        new ScheduleControl(
            store,
            inventory,
            new QueryCheck(inventory, judge),
            webhooks,
            results,
            configured.perSpace());
    return List.of(
        new SchedulesResource(reader, control, webhooks),
        new ScheduleActionsResource(reader, control, Clock.systemUTC()),
        new ScheduleResultsResource(reader, results, inventory));
  }
}
