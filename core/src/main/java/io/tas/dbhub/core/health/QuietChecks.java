package io.tas.dbhub.core.health;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Checks of connections that worked a moment ago. A local activity: it runs where the workflow's
 * task does, and all that the history keeps of it is one event. So it has to be short, and it says
 * only whether all is as it was.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#WORKFLOWS}.
 */
@ActivityInterface
public interface QuietChecks {
  /**
   * Probes the connection and writes down that it was checked.
   *
   * @return false where anything is not as it was, takes longer, or cannot be told: then nothing is
   *     written, and an ordinary check has to find out. So it is after a failure
   */
  @ActivityMethod(name = "CheckQuietly")
  boolean worksStill(QuietCheck check);
}
