package io.tas.dbhub.core.rotate;

import io.tas.dbhub.core.model.DatabaseRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Asks DBHub servers. Task queue: {@link io.tas.dbhub.core.names.TaskQueues#DBHUB}.
 *
 * <p>Fails with {@code DbhubUnavailable}, {@code TargetFailed} when the database does not answer
 * DBHub, {@code InventoryUnavailable} (all retried), and {@code ConnectionFailed} when the database
 * refuses what DBHub sends.
 */
@ActivityInterface
public interface DbhubChecks {
  /**
   * Runs the least query there is through every instance that serves the database; nothing to do
   * where none does. Takes 30 seconds at most.
   */
  @ActivityMethod(name = "VerifyThroughDbhub")
  void verifyThroughDbhub(DatabaseRef database);
}
