package io.tas.dbhub.activities.journal;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import java.util.function.Supplier;

/** The only place where the journal's exceptions become failures of activities. */
public final class JournalFailures {
  private JournalFailures() {}

  /** As {@link #translate}, for a call without an answer. */
  public static void translateVoid(Runnable call) {
    translate(
        () -> {
          call.run();
          return true;
        });
  }

  /** Runs a call; what it throws comes out typed. */
  public static <T> T translate(Supplier<T> call) {
    try {
      return call.get();
    } catch (JournalUnavailableException e) {
      // The cause stays behind: a driver's text goes into no history.
      throw Failures.of(FailureType.JOURNAL_UNAVAILABLE, "the journal is not available");
    }
  }
}
