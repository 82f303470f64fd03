package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.batch.WaitingRows;
import io.tas.dbhub.core.model.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Batches and their rows. Safe for use by several threads and processes; every method throws {@link
 * JournalUnavailableException} when the database cannot do it now.
 */
public final class Batches {
  /** How many rows a batch may have. */
  public static final int MOST_ROWS = 100_000;

  /** How long one that has ended can be looked at. */
  public static final Duration KEPT = Duration.ofDays(30);

  /** After which one that nobody adds rows to will not be loaded any more. */
  public static final Duration LOADED_WITHIN = Duration.ofHours(1);

  /** How long credentials wait for somebody to run a batch that has ended. */
  public static final Duration CREDENTIALS_KEPT = Duration.ofDays(7);

  /** Fewer than a statement may have values, on either database. */
  private static final int MOST_NAMES = 1_000;

  private final Jdbi jdbi;
  private final JournalCalls calls;
  private final Clock clock;

  Batches(Jdbi jdbi, JournalCalls calls, Clock clock) {
    this.jdbi = jdbi;
    this.calls = calls;
    this.clock = clock;
  }

  /** Begins one; its state is {@code LOADING}. One that is there already stays as it is. */
  public void create(NewBatch batch) {
    calls.run(() -> jdbi.useHandle(handle -> BatchTable.create(handle, batch)));
  }

  /**
   * Adds rows, all of them or none. One whose number is there already stays as it is.
   *
   * @return false if the batch is not {@code LOADING}, or was given up
   */
  public boolean add(Scope scope, String batchId, List<NewRow> rows) {
    return change(
        handle -> {
          boolean loading = BatchTable.loading(handle, scope, batchId, clock.instant());
          if (loading) {
            BatchRowTable.add(handle, scope, batchId, rows);
          }
          return loading;
        });
  }

  /** Of these names those that rows of the batch have already. */
  public Set<String> taken(Scope scope, String batchId, Collection<String> names) {
    List<String> wanted = names.stream().distinct().toList();
    Set<String> found = new HashSet<>();
    for (int i = 0; i < wanted.size(); i += MOST_NAMES) {
      List<String> part = wanted.subList(i, Math.min(wanted.size(), i + MOST_NAMES));
      List<String> kept = part.stream().map(JournalText::name).toList();
      found.addAll(read(handle -> BatchRowTable.names(handle, scope, batchId, kept)));
    }
    Set<String> taken = new HashSet<>(wanted);
    taken.removeIf(name -> !found.contains(JournalText.name(name)));
    return taken;
  }

  /**
   * Changes the state, if it is one of these.
   *
   * @return whether it was
   */
  public boolean change(
      Scope scope, String batchId, Set<BatchState> from, BatchState to, Instant at) {
    return read(handle -> BatchTable.change(handle, scope, batchId, from, to, at));
  }

  /**
   * Writes down how far one of its runs is, if that is the one that is under way.
   *
   * @param run 0 for whichever is
   * @return whether it was
   */
  public boolean tell(Scope scope, String batchId, int run, BatchState state, Instant at) {
    return read(handle -> BatchTable.tell(handle, scope, batchId, run, state, at));
  }

  /**
   * Has it run again: the rows in these states wait anew, and the batch is {@code RUNNING}.
   *
   * @param again none that is {@code INVALID}
   * @return the number of the run, from 1; empty when the batch has not ended
   */
  public Optional<Integer> begin(Scope scope, String batchId, Set<RowState> again, Instant at) {
    if (again.contains(RowState.INVALID)) {
      throw new IllegalArgumentException("a row that breaks rules does not get better by waiting");
    }
    EnumSet<RowState> anew = EnumSet.noneOf(RowState.class);
    anew.addAll(again);
    anew.remove(RowState.PENDING);
    return change(
        handle -> {
          if (!BatchTable.begin(handle, scope, batchId, at)) {
            return Optional.empty();
          }
          if (!anew.isEmpty()) {
            BatchRowTable.again(handle, scope, batchId, anew);
          }
          return Optional.of(BatchTable.run(handle, scope, batchId));
        });
  }

  /** One that is not {@code LOADING}. */
  public Optional<Batch> find(Scope scope, String batchId) {
    return read(
        handle ->
            BatchTable.find(handle, scope, batchId)
                .map(
                    batch ->
                        BatchCounts.counted(handle, scope, List.of(batch), clock.instant())
                            .get(0)));
  }

  /**
   * Of a space, newest first, without those that are {@code LOADING}.
   *
   * @throws IllegalArgumentException if the cursor is not one of the journal
   */
  public BatchPage list(Scope scope, int pageSize, @Nullable String cursor) {
    JournalCursor place = JournalCursor.decode(cursor);
    return read(
        handle -> {
          List<Batch> found = BatchTable.newest(handle, scope, pageSize, place);
          List<Batch> shown = found.size() <= pageSize ? found : found.subList(0, pageSize);
          List<Batch> counted = BatchCounts.counted(handle, scope, shown, clock.instant());
          if (found.size() <= pageSize) {
            return new BatchPage(counted, null);
          }
          Batch last = shown.get(shown.size() - 1);
          return new BatchPage(
              counted, new JournalCursor(last.createdAt().toEpochMilli(), last.id()).encode());
        });
  }

  /** How many batches of a space have been begun and have not ended. */
  public long underWay(Scope scope) {
    return read(handle -> BatchTable.underWay(handle, scope));
  }

  /** Rows in the order of their numbers; none when there is no such batch. */
  public List<BatchRow> rows(BatchRowFilter filter) {
    return read(handle -> BatchRowTable.page(handle, filter));
  }

  /** Rows that are {@code PENDING} or {@code RUNNING}. */
  public WaitingRows waiting(Scope scope, String batchId, long afterRow, int limit) {
    return read(handle -> BatchRowTable.waiting(handle, scope, batchId, afterRow, limit));
  }

  /** What a row is about; one that waits is {@code RUNNING} from then on. */
  public Optional<RowWork> take(Scope scope, String batchId, long number, Instant at) {
    return change(handle -> BatchRowTable.take(handle, scope, batchId, number, at));
  }

  /**
   * Writes down what became of a row that is {@code RUNNING}; its credentials are forgotten when it
   * is done. Another one stays as it is.
   */
  public void end(Scope scope, String batchId, long number, RowEnd end, Instant at) {
    calls.run(
        () -> jdbi.useHandle(handle -> BatchRowTable.end(handle, scope, batchId, number, end, at)));
  }

  /** Takes it away with all its rows, if it has ended. */
  public boolean delete(Scope scope, String batchId) {
    return delete(new BatchKey(scope, batchId), BatchTable.ended(), Instant.MAX);
  }

  /**
   * Takes away the oldest batches that have ended before. May be done by several at once.
   *
   * @param atMost so many; each for itself, so that nobody waits for long meanwhile
   * @return how many there were; fewer than at most when none is left
   */
  public int forgetEnded(Instant before, int atMost) {
    return forget(BatchTable.ended(), before, atMost);
  }

  /** The same with batches that nobody has added rows to since. */
  public int forgetLoading(Instant before, int atMost) {
    return forget(EnumSet.of(BatchState.LOADING), before, atMost);
  }

  /** The same with the credentials of batches that have ended, and that nobody has run since. */
  public int forgetCredentials(Instant before, int atMost) {
    EnumSet<BatchState> ended = BatchTable.ended();
    List<BatchKey> found =
        read(handle -> BatchTable.withCredentials(handle, ended, before, atMost));
    for (BatchKey batch : found) {
      change(
          handle -> {
            if (BatchTable.hold(handle, batch, ended, before)) {
              BatchRowTable.forgetSealed(handle, batch);
            }
            return true;
          });
    }
    return found.size();
  }

  private int forget(Set<BatchState> states, Instant before, int atMost) {
    List<BatchKey> found = read(handle -> BatchTable.untouched(handle, states, before, atMost));
    found.forEach(batch -> delete(batch, states, before));
    return found.size();
  }

  private boolean delete(BatchKey batch, Set<BatchState> states, Instant untouchedSince) {
    return change(
        handle -> {
          boolean deleted = BatchTable.delete(handle, batch, states, untouchedSince);
          if (deleted) {
            BatchRowTable.delete(handle, batch);
          }
          return deleted;
        });
  }

  private <T> T read(HandleCallback<T, RuntimeException> work) {
    return calls.call(() -> jdbi.withHandle(work));
  }

  private <T> T change(HandleCallback<T, RuntimeException> work) {
    return calls.call(() -> jdbi.inTransaction(work));
  }
}
