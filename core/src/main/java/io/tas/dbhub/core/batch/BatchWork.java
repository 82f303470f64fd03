package io.tas.dbhub.core.batch;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * What a batch needs of the journal, of the inventory and of Temporal. Repeating any of it is
 * harmless. Task queue: {@link io.tas.dbhub.core.names.TaskQueues#BATCHES}.
 *
 * <p>Fails with {@code JournalUnavailable}, {@code InventoryUnavailable} and {@code
 * TemporalUnavailable} (all retried), and with {@code NotFound} when the batch is gone.
 */
@ActivityInterface
public interface BatchWork {
  /** The next rows that wait, or were begun by a run that was killed. */
  @ActivityMethod(name = "FindBatchRows")
  WaitingRows find(RowQuery query);

  /**
   * Does what is due for one row, or joins what does it already, and waits for its end; then writes
   * down what became of it. Whatever the row itself fails with is an answer.
   */
  @ActivityMethod(name = "DoBatchRow")
  RowState run(RowTask task);

  /** Writes down that a row has failed, for whatever reason it was not done. */
  @ActivityMethod(name = "GiveUpBatchRow")
  void giveUp(RowFailure failure);

  /**
   * Writes down how far the batch is; the end of a run that another has followed is no news. Fails
   * with {@code NotFound}, too, when it is to go on and the journal says that this run has ended.
   */
  @ActivityMethod(name = "TellBatch")
  void tell(BatchNews news);
}
