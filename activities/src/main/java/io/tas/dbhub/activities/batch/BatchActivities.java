package io.tas.dbhub.activities.batch;

import io.tas.dbhub.activities.journal.JournalFailures;
import io.tas.dbhub.activities.schedule.Alive;
import io.tas.dbhub.core.batch.BatchNews;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.BatchWork;
import io.tas.dbhub.core.batch.RowFailure;
import io.tas.dbhub.core.batch.RowQuery;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.batch.RowTask;
import io.tas.dbhub.core.batch.WaitingRows;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.Batch;
import io.tas.dbhub.storage.journal.Batches;
import io.tas.dbhub.storage.journal.RowEnd;
import io.tas.dbhub.storage.journal.RowWork;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes rows of batches, has done what is due, and writes down what became of it. An attempt that
 * is repeated finds what the one before began. Thread-safe.
 */
public final class BatchActivities implements BatchWork {
  private static final Logger LOG = LoggerFactory.getLogger(BatchActivities.class);

  /** What nobody foresaw does not go away, and holds up its batch no longer than this. */
  private static final int ATTEMPTS_OF_BUGS = 5;

  /** All rows were. */
  private static final Set<BatchState> TRIED =
      Set.of(BatchState.COMPLETED, BatchState.FAILED, BatchState.NEEDS_ATTENTION);

  private final Batches batches;
  private final RowActions actions;
  private final ScheduledExecutorService beats;
  private final Clock clock;

  /**
   * @param beats tells Temporal that rows are alive; stays the caller's
   */
  public BatchActivities(
      Batches batches, RowActions actions, ScheduledExecutorService beats, Clock clock) {
    this.batches = batches;
    this.actions = actions;
    this.beats = beats;
    this.clock = clock;
  }

  @Override
  public WaitingRows find(RowQuery query) {
    return JournalFailures.translate(
        () -> {
          WaitingRows rows =
              batches.waiting(query.scope(), query.batchId(), query.afterRow(), query.limit());
          if (rows.rows().isEmpty()) {
            require(query.scope(), query.batchId());
          }
          return rows;
        });
  }

  @Override
  public RowState run(RowTask task) {
    RowWork work = take(task);
    if (work.state() != RowState.RUNNING) {
      return work.state();
    }
    ActivityExecutionContext activity = Activity.getExecutionContext();
    RowEnd end;
    try (Alive alive = new Alive(activity, beats)) {
      end = worked(new RowRequest(task, work), new Patience(alive), activity);
    }
    return end(task, end);
  }

  /** What the row itself fails with is its end; an outage is waited for. */
  private RowEnd worked(RowRequest row, Patience patience, ActivityExecutionContext activity) {
    try {
      return actions.work(row, patience);
    } catch (ApplicationFailure failure) {
      if (Failures.typeOf(failure).retryable()) {
        throw failure;
      }
      return RowEnds.failed(Failures.typeOf(failure), failure.getOriginalMessage());
    } catch (RuntimeException bug) {
      if (activity.getInfo().getAttempt() < ATTEMPTS_OF_BUGS) {
        throw bug;
      }
      LOG.error("row {} of batch {} fails", row.task().number(), row.task().batchId(), bug);
      return RowEnds.failed(FailureType.INTERNAL, "Nothing foresaw what happened.");
    }
  }

  @Override
  public void giveUp(RowFailure failure) {
    // One that was not begun would wait for ever.
    RowWork work = take(failure.task());
    if (work.state() == RowState.RUNNING) {
      end(failure.task(), new RowEnd(RowState.FAILED, failure.code(), failure.message(), null));
    }
  }

  @Override
  public void tell(BatchNews news) {
    JournalFailures.translate(
        () -> {
          if (!batches.tell(
              news.scope(), news.batchId(), news.run(), outcome(news), clock.instant())) {
            require(news.scope(), news.batchId());
            if (!news.state().ended()) {
              // Somebody cancelled it before it had begun, or it ended: nothing of it is wanted.
              throw gone();
            }
          }
          return true;
        });
  }

  /**
   * How a batch ended whose rows were all tried is for the rows to say: a run knows of those alone
   * that it has worked on itself.
   */
  private BatchState outcome(BatchNews news) {
    if (!TRIED.contains(news.state())) {
      return news.state();
    }
    Batch batch = batches.find(news.scope(), news.batchId()).orElseThrow(BatchActivities::gone);
    return BatchState.tried(batch.count(RowState.FAILED), batch.count(RowState.ATTENTION));
  }

  private RowWork take(RowTask task) {
    return JournalFailures.translate(
            () -> batches.take(task.scope(), task.batchId(), task.number(), clock.instant()))
        .orElseThrow(BatchActivities::gone);
  }

  private RowState end(RowTask task, RowEnd end) {
    return JournalFailures.translate(
        () -> {
          batches.end(task.scope(), task.batchId(), task.number(), end, clock.instant());
          return end.state();
        });
  }

  private void require(Scope scope, String batchId) {
    if (batches.find(scope, batchId).isEmpty()) {
      throw gone();
    }
  }

  private static ApplicationFailure gone() {
    return Failures.of(FailureType.NOT_FOUND, "there is no such batch under way");
  }
}
