package io.tas.dbhub.api.batches;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.storage.journal.Batches;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import io.tas.dbhub.storage.journal.NewBatch;
import io.tas.dbhub.storage.journal.NewRow;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Writes the rows of batches into the journal as they are read. Of one that cannot be read to its
 * end nothing stays. Thread-safe.
 */
final class BatchLoader {
  private static final int AT_ONCE = 8;

  private final Batches batches;
  private final Clock clock;
  private final Semaphore free = new Semaphore(AT_ONCE);

  BatchLoader(Batches batches, Clock clock) {
    this.batches = batches;
    this.clock = clock;
  }

  /**
   * @throws ProblemException TooManyRequests while as many are being read as may be at once
   * @throws IOException when the pages do not come to their end
   */
  void load(NewBatch batch, RowPages pages) throws IOException {
    if (!free.tryAcquire()) {
      throw new ProblemException(
              FailureType.TOO_MANY_REQUESTS,
              "The API reads as many batches as it may at once: " + AT_ONCE + ".")
          .withRetryAfter(Duration.ofSeconds(5));
    }
    try {
      batches.create(batch);
      boolean whole = false;
      try {
        fill(batch, pages);
        whole = true;
      } finally {
        if (!whole) {
          remove(batch);
        }
      }
    } finally {
      free.release();
    }
  }

  private void fill(NewBatch batch, RowPages pages) throws IOException {
    for (List<NewRow> page = pages.next(); !page.isEmpty(); page = pages.next()) {
      if (!batches.add(batch.scope(), batch.id(), page)) {
        throw givenUp();
      }
    }
    if (!batches.change(
        batch.scope(),
        batch.id(),
        Set.of(BatchState.LOADING),
        BatchState.CHECKED,
        clock.instant())) {
      throw givenUp();
    }
  }

  private static ProblemException givenUp() {
    return new ProblemException(
            FailureType.NOT_POSSIBLE_NOW,
            "No rows came for %d minutes, so the batch was given up; nothing was done."
                .formatted(Batches.LOADED_WITHIN.toMinutes()))
        .withSuggestion("Send it again.");
  }

  private void remove(NewBatch batch) {
    try {
      batches.change(
          batch.scope(),
          batch.id(),
          Set.of(BatchState.LOADING),
          BatchState.CANCELLED,
          clock.instant());
      batches.delete(batch.scope(), batch.id());
    } catch (JournalUnavailableException e) {
      // It is forgotten with all that never were loaded. What broke it off is what is told.
    }
  }
}
