package io.tas.dbhub.api.schema;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.api.temporal.UpdateAnswer;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.core.start.WorkflowStarts;
import java.time.Duration;

/** Has schemas read now. Who asks while one is being read waits with the others. */
public final class SchemaSyncs {
  private final TemporalGateway temporal;
  private final Duration answerWithin;

  /**
   * @param answerWithin after which nobody waits for it any more
   */
  public SchemaSyncs(TemporalGateway temporal, Duration answerWithin) {
    this.temporal = temporal;
    this.answerWithin = answerWithin;
  }

  /**
   * @throws io.tas.dbhub.api.errors.ProblemException what the sync failed with
   */
  UpdateAnswer<SyncReport> sync(Caller caller, Database database) {
    return temporal.updateWithStart(
        WorkflowStarts.sync(
            database.definition().ref(), database.definition().name(), caller.requester()),
        "awaitSynced",
        SyncReport.class,
        answerWithin);
  }
}
