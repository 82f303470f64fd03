package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.operations.OperationId;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.api.temporal.UpdateAnswer;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.start.WorkflowStart;
import io.tas.dbhub.core.start.WorkflowStarts;
import java.time.Duration;
import java.util.Optional;

/** Takes databases away. Who asks while it is being taken away waits with the others. */
final class DatabaseRemoval {
  private final TemporalGateway temporal;
  private final Duration answerWithin;

  DatabaseRemoval(TemporalGateway temporal, Duration answerWithin) {
    this.temporal = temporal;
    this.answerWithin = answerWithin;
  }

  /**
   * @return empty when it is gone, else the operation that is taking it away
   */
  Optional<OperationId> remove(Caller caller, Database database) {
    return remove(WorkflowStarts.deprovision(database, caller.requester()));
  }

  /** As {@link #remove}, of a database that has no node any more. */
  Optional<OperationId> removeLeftovers(Caller caller, DatabaseRef database) {
    return remove(WorkflowStarts.deprovision(database, caller.requester()));
  }

  private Optional<OperationId> remove(WorkflowStart start) {
    UpdateAnswer<Void> answer =
        temporal.updateWithStart(start, "awaitGone", Void.class, answerWithin);
    if (answer instanceof UpdateAnswer.Settled<Void>) {
      return Optional.empty();
    }
    if (answer instanceof UpdateAnswer.Running<Void> running) {
      return Optional.of(OperationId.of(running.execution()));
    }
    throw OperationProblems.running(((UpdateAnswer.Occupied<Void>) answer).execution());
  }
}
