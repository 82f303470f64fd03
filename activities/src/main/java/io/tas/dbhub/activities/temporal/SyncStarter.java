package io.tas.dbhub.activities.temporal;

import io.tas.dbhub.activities.inventory.InventoryFailures;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.schema.DueSyncs;
import io.tas.dbhub.core.start.WorkflowStart;
import io.tas.dbhub.core.start.WorkflowStarts;
import io.tas.dbhub.storage.catalogue.SchemaAgenda;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowServiceException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Starts the syncs whose time has come. Thread-safe. */
public final class SyncStarter implements DueSyncs {
  /** In a minute. However many are due, the others wait for the next. */
  private static final int AT_A_TIME = 100;

  private final SchemaAgenda agenda;
  private final WorkflowClient client;
  private final Duration every;
  private final Clock clock;

  /**
   * @param every how often each schema is read
   */
  public SyncStarter(SchemaAgenda agenda, WorkflowClient client, Duration every, Clock clock) {
    this.agenda = agenda;
    this.client = client;
    this.every = every;
    this.clock = clock;
  }

  @Override
  public int startDue() {
    List<SchemaAgenda.Due> due =
        InventoryFailures.translate(() -> agenda.due(clock.instant(), AT_A_TIME));
    due.forEach(this::start);
    if (!due.isEmpty()) {
      // Only now: what was not started stays due, and one that was started twice is one.
      InventoryFailures.translateVoid(() -> agenda.postpone(due, clock.instant(), every));
    }
    return due.size();
  }

  private void start(SchemaAgenda.Due due) {
    try {
      WorkflowStart start = WorkflowStarts.dueSync(due.database(), due.name());
      client.newUntypedWorkflowStub(start.type(), start.options()).start(start.request());
    } catch (WorkflowServiceException e) {
      throw Failures.of(FailureType.TEMPORAL_UNAVAILABLE, "the sync cannot be started");
    }
  }
}
