package io.tas.dbhub.api.batches;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.storage.journal.Batch;
import io.tas.dbhub.storage.journal.Batches;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Runs batches and stops them. The journal is told first: one that is running there without a
 * workflow, because the API died in between, is started by the next who runs it. Thread-safe.
 */
final class BatchControl {
  /** Of one space, at a time. */
  static final int MOST_RUNNING = 10;

  private final Batches batches;
  private final BatchStart starts;
  private final TemporalGateway temporal;
  private final Duration within;
  private final Clock clock;

  /**
   * @param within which Temporal answers, or is said to be down
   */
  BatchControl(Batches batches, TemporalGateway temporal, Duration within, Clock clock) {
    this.batches = batches;
    this.starts = new BatchStart(temporal, within);
    this.temporal = temporal;
    this.within = within;
    this.clock = clock;
  }

  /**
   * Does what is waiting.
   *
   * @param onlyValid whether rows that break rules may be left out
   * @throws ProblemException Invalid when there are such and they may not; NotPossibleNow,
   *     TooManyRequests
   */
  void run(Caller caller, Batch batch, boolean onlyValid) {
    if (batch.state() == BatchState.PAUSED) {
      throw notNow("The batch is paused.", "Resume it");
    }
    // Whoever ran it before has said that they may be left out.
    if (batch.startedAt() == null && batch.count(RowState.INVALID) > 0 && !onlyValid) {
      throw new ProblemException(
              FailureType.INVALID,
              "%d of %d rows break rules; nothing was done. The report: %s/rows?state=invalid"
                  .formatted(
                      batch.count(RowState.INVALID), batch.total(), BatchView.address(batch.id())))
          .withSuggestion(
              "Correct them and send all again, or run the others: POST %s/run?only_valid=true"
                  .formatted(BatchView.address(batch.id())));
    }
    begin(caller, batch, EnumSet.noneOf(RowState.class));
  }

  /**
   * Does again what failed, and what waits for a person. A run that was written down and never
   * started is started.
   *
   * @throws ProblemException NotPossibleNow, TooManyRequests
   */
  void retry(Caller caller, Batch batch) {
    if (!batch.state().ended()) {
      if (starts.found(batch)) {
        throw notNow("The batch has not ended.", "Wait until it has, or cancel it");
      }
      starts.join(caller, batch);
      return;
    }
    if (batch.count(RowState.FAILED) + batch.count(RowState.ATTENTION) == 0) {
      throw notNow("No row of the batch has failed.", "Run it, if rows of it are waiting");
    }
    begin(caller, batch, EnumSet.of(RowState.FAILED, RowState.ATTENTION));
  }

  private void begin(Caller caller, Batch batch, Set<RowState> again) {
    if (batch.state().ended() && batches.underWay(caller.scope()) >= MOST_RUNNING) {
      throw new ProblemException(
              FailureType.TOO_MANY_REQUESTS,
              "As many batches of the space are running as may at once: " + MOST_RUNNING + ".")
          .withSuggestion("Wait until one has ended, then run this one: it stays as it is.")
          .withRetryAfter(Duration.ofSeconds(60));
    }
    Optional<Integer> run = batches.begin(caller.scope(), batch.id(), again, clock.instant());
    if (run.isPresent()) {
      starts.anew(caller, batch, run.get());
    } else {
      // As it is now: somebody else may have begun a run of it since.
      batches.find(caller.scope(), batch.id()).ifPresent(now -> starts.join(caller, now));
    }
  }

  /**
   * No other row begins.
   *
   * @throws ProblemException NotPossibleNow when it does not run
   */
  void pause(Batch batch) {
    require(batch, "The batch is not running.");
    try {
      temporal.signal(WorkflowIds.batch(batch.id()), "pause", within);
    } catch (WorkflowNotFoundException gone) {
      throw notNow("The batch is not running.", "Read its present state");
    }
  }

  /**
   * Goes on; also where its workflow was lost.
   *
   * @throws ProblemException NotPossibleNow when it is not paused
   */
  void resume(Caller caller, Batch batch) {
    require(batch, "The batch is not paused.");
    starts.join(caller, batch);
    temporal.signal(WorkflowIds.batch(batch.id()), "resume", within);
  }

  /**
   * No other row begins, and it ends when those that were begun have.
   *
   * @throws ProblemException NotPossibleNow when it does not run
   */
  void cancel(Caller caller, Batch batch) {
    require(batch, "The batch is not running.");
    try {
      temporal.cancel(
          WorkflowExecution.newBuilder().setWorkflowId(WorkflowIds.batch(batch.id())).build(),
          "Cancelled by " + caller.subject(),
          within);
    } catch (WorkflowNotFoundException neverStarted) {
      batches.tell(batch.scope(), batch.id(), 0, BatchState.CANCELLED, clock.instant());
    }
  }

  /**
   * @throws ProblemException NotPossibleNow while it has not ended
   */
  void delete(Batch batch) {
    if (!batches.delete(batch.scope(), batch.id())
        && batches.find(batch.scope(), batch.id()).isPresent()) {
      throw notNow("The batch has not ended.", "Cancel it, and delete it when it has ended");
    }
  }

  private static void require(Batch batch, String otherwise) {
    if (!batch.state().underWay()) {
      throw notNow(otherwise, "Read its present state");
    }
  }

  private static ProblemException notNow(String detail, String suggestion) {
    return new ProblemException(FailureType.NOT_POSSIBLE_NOW, detail)
        .withSuggestion(suggestion + ".");
  }
}
