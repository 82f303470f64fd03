package io.tas.dbhub.storage.journal;

import io.tas.dbhub.storage.TimeLimit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.JdbiException;

/**
 * Asks the journal's database, for no longer than a limit. That it cannot do it now is {@link
 * JournalUnavailableException}.
 */
final class JournalCalls {
  private final TimeLimit limit;

  JournalCalls(Duration limit) {
    this.limit = new TimeLimit(limit, "journal");
  }

  <T> T call(Callable<T> work) {
    try {
      return limit.call(work);
    } catch (ExecutionException e) {
      throw translated(e);
    } catch (TimeoutException e) {
      throw new JournalUnavailableException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailableException(e);
    }
  }

  void run(Runnable work) {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  /** Jdbi's exceptions quote what was bound; the database's own below them is enough. */
  private static RuntimeException translated(ExecutionException thrown) {
    Throwable cause = thrown.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof JdbiException) {
      Throwable below = cause.getCause();
      return new JournalUnavailableException(below == null ? cause : below);
    }
    if (cause instanceof SQLException) {
      return new JournalUnavailableException(cause);
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
