package io.tas.dbhub.activities.batch;

import io.tas.dbhub.activities.schedule.DueWork;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.health.CheckResult;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.schedule.ItemOutcome;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.storage.journal.RowEnd;
import io.temporal.client.WorkflowClient;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is done for a row. The rights of whom it is done for are looked at right before.
 * Thread-safe.
 */
public final class RowActions {
  private final RowDatabases databases;
  private final RowChanges changes;
  private final DueWork work;

  public RowActions(RowDatabases databases, WorkflowClient temporal) {
    this.databases = databases;
    this.changes = new RowChanges(databases, new RowOperations(temporal));
    this.work = new DueWork(temporal);
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure one that is retried where nothing can be done
   *     now, any other when that is the row's end
   */
  RowEnd work(RowRequest row, Patience patience) {
    return switch (row.work().kind()) {
      case IMPORT -> changes.make(row, patience);
      case UPDATE -> changes.update(row, patience);
      case ROTATE -> changes.rotate(row, patience);
      case DELETE -> changes.delete(row, patience);
      case TEST -> looked(row, database -> test(database));
      case SYNC -> looked(row, database -> sync(database, row, patience));
    };
  }

  private RowEnd looked(RowRequest row, Function<Database, RowEnd> look) {
    String id = row.work().databaseId();
    Optional<Database> found =
        id == null ? Optional.empty() : databases.find(row.task(), id, AccessLevel.QUERY);
    if (found.isEmpty()) {
      return RowEnds.unknown();
    }
    return found.get().definition().active()
        ? look.apply(found.get())
        : RowEnds.failed(FailureType.INACTIVE, "The database is set aside.");
  }

  private RowEnd test(Database database) {
    return work.test(database, RowActions::tested, RowActions::unanswered);
  }

  private static RowEnd tested(CheckResult check) {
    if (check.diagnosis() == null) {
      return RowEnds.unknown();
    }
    return check.status() == DatabaseStatus.FAILED
        ? RowEnds.failed(FailureType.CONNECTION_FAILED, check.message())
        : RowEnds.done(null);
  }

  private RowEnd sync(Database database, RowRequest row, Patience patience) {
    while (true) {
      patience.check();
      Optional<RowEnd> end =
          work.sync(
              database,
              row.requester(1),
              report -> Optional.of(synced(report)),
              why ->
                  why.result().outcome() == ItemOutcome.UNDERWAY
                      ? Optional.empty()
                      : Optional.of(unanswered(why)));
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  private static RowEnd synced(SyncReport report) {
    return switch (report.outcome()) {
      case UNCHANGED -> RowEnds.unchanged("");
      case FIRST, CHANGED, IGNORED, REJECTED -> RowEnds.done(null);
      case AWAITING ->
          new RowEnd(
              RowState.ATTENTION,
              ParkedStep.CHANGE,
              "The schema has changed, and somebody is to say whether that is wanted.",
              null);
    };
  }

  private static RowEnd unanswered(DueWork.NoAnswer why) {
    return why.result().outcome() == ItemOutcome.UNDERWAY
        ? RowEnds.failed(FailureType.TIMEOUT, "The check has not ended in time.")
        : new RowEnd(RowState.FAILED, why.result().code(), why.message(), null);
  }
}
