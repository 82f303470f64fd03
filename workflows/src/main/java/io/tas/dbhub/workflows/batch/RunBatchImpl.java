package io.tas.dbhub.workflows.batch;

import io.tas.dbhub.core.batch.BatchNews;
import io.tas.dbhub.core.batch.BatchProgress;
import io.tas.dbhub.core.batch.BatchRequest;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.BatchWork;
import io.tas.dbhub.core.batch.RowFailure;
import io.tas.dbhub.core.batch.RowQuery;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.batch.RowTask;
import io.tas.dbhub.core.batch.RunBatch;
import io.tas.dbhub.core.batch.WaitingRows;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.temporal.common.VersioningBehavior;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rows going until none waits. Which ones wait is in the journal, so a run knows only the
 * next few; and when it has done many, the rest is for a run of its own.
 */
public final class RunBatchImpl implements RunBatch {
  private static final int PAGE = 200;

  /** There are more to choose from, then, before there is none. */
  private static final int FEW = PAGE / 2;

  /** Looked at where all hosts of those before are busy. */
  private static final int MOST = 5 * PAGE;

  /** With a handful of events each, a history that is loaded quickly. */
  private static final int ROWS_PER_RUN = 1_500;

  private final BatchRequest request;
  private final RowQueue queue;
  private final BatchTally tally;
  private final BatchWork book =
      Workflow.newActivityStub(BatchWork.class, ActivityOptionSets.batches("Journal"));
  private final BatchWork work;
  private long lastRead;
  private int begun;
  private boolean allRead;
  private boolean paused;
  private boolean cancelled;
  private boolean gone;
  private @Nullable BatchState told;

  @WorkflowInit
  public RunBatchImpl(BatchRequest request) {
    this.request = request;
    BatchProgress before = request.progress() == null ? BatchProgress.NONE : request.progress();
    queue = new RowQueue(request.limits());
    tally = new BatchTally(before);
    lastRead = before.afterRow();
    paused = before.paused();
    work =
        Workflow.newActivityStub(
            BatchWork.class, ActivityOptionSets.batchRow(request.kind().wireName()));
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public BatchState run(BatchRequest ignored) {
    CancellationScope.current().getCancellationRequest().thenApply(reason -> cancelled = true);
    CompletablePromise<BatchState> end = Workflow.newPromise();
    // Who cancels it wants no other row to begin, and those that were begun to come to their end.
    Workflow.newDetachedCancellationScope(() -> end.complete(workThrough())).run();
    return end.get();
  }

  private BatchState workThrough() {
    tell(wanted());
    while (!over()) {
      if (told != wanted()) {
        tell(wanted());
      } else if (needsRows()) {
        readOn();
      } else if (mayBegin()) {
        begin();
      } else {
        Workflow.await(() -> over() || told != wanted() || needsRows() || mayBegin());
      }
    }
    if (!halted() && full()) {
      continueAsNew();
    }
    return end();
  }

  private BatchState wanted() {
    return paused ? BatchState.PAUSED : BatchState.RUNNING;
  }

  /** Whether nobody wants another row to begin. */
  private boolean halted() {
    return cancelled || gone || tally.stops(request.limits().stopAfter());
  }

  /** Whether the rest is for a run of its own. */
  private boolean full() {
    return begun >= ROWS_PER_RUN || Workflow.getInfo().isContinueAsNewSuggested();
  }

  private boolean over() {
    return queue.underway() == 0 && (halted() || full() || (allRead && queue.isEmpty()));
  }

  private boolean open() {
    return !paused && !halted() && !full();
  }

  private boolean needsRows() {
    boolean stuck = !queue.full() && !queue.ready() && queue.size() < MOST;
    return open() && !allRead && (queue.size() < FEW || stuck);
  }

  private boolean mayBegin() {
    return open() && queue.ready();
  }

  private void readOn() {
    try {
      List<WaitingRows.Row> rows = find(PAGE);
      queue.add(rows);
      allRead = rows.size() < PAGE;
      lastRead = rows.isEmpty() ? lastRead : rows.get(rows.size() - 1).number();
    } catch (ActivityFailure failure) {
      endIfGone(failure);
    }
  }

  private List<WaitingRows.Row> find(int limit) {
    return book.find(new RowQuery(request.batchId(), request.scope(), lastRead, limit)).rows();
  }

  private void begin() {
    WaitingRows.Row row = queue.begin();
    begun++;
    Promise<Void> unused = Async.procedure(() -> work(row));
  }

  private void work(WaitingRows.Row row) {
    RowTask task =
        new RowTask(request.batchId(), request.scope(), row.number(), request.standing());
    try {
      tally.count(run(task));
    } catch (ActivityFailure failure) {
      endIfGone(failure);
    } finally {
      queue.end(row);
      Workflow.setCurrentDetails(tally.words(queue.underway()));
    }
  }

  private RowState run(RowTask task) {
    try {
      return work.run(task);
    } catch (ActivityFailure failure) {
      FailureType type = Failures.typeOf(failure);
      if (type == FailureType.NOT_FOUND) {
        throw failure;
      }
      book.giveUp(new RowFailure(task, type.wireName(), "The row could not be worked on."));
      return RowState.FAILED;
    }
  }

  private void tell(BatchState state) {
    told = state;
    try {
      book.tell(new BatchNews(request.batchId(), request.scope(), request.run(), state));
    } catch (ActivityFailure failure) {
      endIfGone(failure);
    }
  }

  /** Of a batch that somebody has taken away nothing is left to do, or to tell. */
  private void endIfGone(ActivityFailure failure) {
    if (Failures.typeOf(failure) != FailureType.NOT_FOUND) {
      throw failure;
    }
    gone = true;
  }

  /** Rows that were read and have not begun are read again. */
  private void continueAsNew() {
    long afterRow = queue.first().map(number -> number - 1).orElse(lastRead);
    Workflow.continueAsNew(request.carrying(tally.progress(afterRow, paused)));
  }

  private BatchState end() {
    BatchState end;
    if (cancelled || gone) {
      end = BatchState.CANCELLED;
    } else {
      end = untried() ? BatchState.STOPPED : tally.outcome();
    }
    if (!gone) {
      tell(end);
    }
    return end;
  }

  private boolean untried() {
    return !queue.isEmpty() || (!allRead && !find(1).isEmpty());
  }
}
