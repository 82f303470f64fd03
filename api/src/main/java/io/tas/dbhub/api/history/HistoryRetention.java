package io.tas.dbhub.api.history;

import io.tas.dbhub.storage.journal.JournalUnavailableException;
import io.tas.dbhub.storage.journal.QueryLog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets queries that are older than they are kept, and the texts of tenants that keep none.
 * Several APIs may do it at once: what one has taken the other does not find. In small parts, so
 * that nobody who writes waits for long.
 */
public final class HistoryRetention implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryRetention.class);
  private static final int PART = 500;

  /** In one go; what is left then the next one takes. */
  private static final int MOST_PARTS = 2_000;

  private final List<IntUnaryOperator> parts;

  /**
   * @param others further things that are forgotten: each takes a number, and says how many of at
   *     most that number it deleted
   */
  public HistoryRetention(QueryLog log, Duration keep, Clock clock, List<IntUnaryOperator> others) {
    this.parts =
        Stream.concat(
                Stream.<IntUnaryOperator>of(
                    atMost -> log.forget(clock.instant().minus(keep), atMost), log::forgetTexts),
                others.stream())
            .toList();
  }

  @Override
  public void run() {
    for (IntUnaryOperator part : parts) {
      try {
        int forgotten = 0;
        int last = PART;
        for (int i = 0; i < MOST_PARTS && last == PART; i++) {
          last = part.applyAsInt(PART);
          forgotten += last;
        }
        if (forgotten > 0) {
          LOG.info("{} lines of the journal are forgotten", forgotten);
        }
      } catch (JournalUnavailableException e) {
        LOG.warn("nothing is forgotten now: the journal is down", e);
      } catch (RuntimeException e) {
        // Whoever runs this would not run it again.
        LOG.error("nothing is forgotten now", e);
      }
    }
  }
}
