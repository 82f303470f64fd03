package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.batch.WaitingRows;
import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Batches and their rows. Safe for use by several threads and processes; every method throws {@link
 * JournalUnavailableException} when the database cannot do it now.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Batches {
  /** How many rows a batch may have. */
  public static final int MOST_ROWS = 100_000;

  /** Begins one; its state is {@code LOADING}. */
  public void create(NewBatch batch) {
    throw new UnsupportedOperationException();
  }

  /** Adds rows, all of them or none. One whose number is there already stays as it is. */
  public void add(Scope scope, String batchId, List<NewRow> rows) {
    throw new UnsupportedOperationException();
  }

  /** Of these names those that the batch has already, each with the lowest row number. */
  public Set<String> taken(Scope scope, String batchId, Collection<String> names) {
    throw new UnsupportedOperationException();
  }

  /**
   * Changes the state, if it is one of these.
   *
   * @return whether it was
   */
  public boolean change(
      Scope scope, String batchId, Set<BatchState> from, BatchState to, Instant at) {
    throw new UnsupportedOperationException();
  }

  /**
   * Has it run again: the rows in these states wait anew, and the batch is {@code RUNNING}.
   *
   * @return the number of rows that wait now; empty when the batch has not ended
   */
  public Optional<Long> begin(Scope scope, String batchId, Set<RowState> again, Instant at) {
    throw new UnsupportedOperationException();
  }

  /** One that is not {@code LOADING}. */
  public Optional<Batch> find(Scope scope, String batchId) {
    throw new UnsupportedOperationException();
  }

  /**
   * Of a space, newest first, without those that are {@code LOADING}.
   *
   * @throws IllegalArgumentException if the cursor is not one of the journal
   */
  public BatchPage list(Scope scope, int pageSize, @Nullable String cursor) {
    throw new UnsupportedOperationException();
  }

  /** Rows in the order of their numbers; none when there is no such batch. */
  public List<BatchRow> rows(BatchRowFilter filter) {
    throw new UnsupportedOperationException();
  }

  /** Rows that are {@code PENDING} or {@code RUNNING}. */
  public WaitingRows waiting(Scope scope, String batchId, long afterRow, int limit) {
    throw new UnsupportedOperationException();
  }

  /** What a row is about; one that waits is {@code RUNNING} from then on. */
  public Optional<RowWork> take(Scope scope, String batchId, long number, Instant at) {
    throw new UnsupportedOperationException();
  }

  /** Writes down what became of a row; its credentials are forgotten when it is done. */
  public void end(Scope scope, String batchId, long number, RowEnd end, Instant at) {
    throw new UnsupportedOperationException();
  }

  /** Takes it away with all its rows, if it has ended. */
  public boolean delete(Scope scope, String batchId) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes away the batches that have ended before, and those that never were loaded; and forgets
   * the credentials of rows in batches that nobody has run since.
   */
  public void forget(Instant endedBefore, Instant idleSince) {
    throw new UnsupportedOperationException();
  }
}
