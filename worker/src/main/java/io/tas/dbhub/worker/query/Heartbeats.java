package io.tas.dbhub.worker.query;

import io.tas.dbhub.activities.jdbc.query.JsonLines;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes an empty line into every answer that has been silent for a while: the one way to find out
 * that nobody waits for it any more. Thread-safe.
 */
public final class Heartbeats {
  private static final int EVERY_SECONDS = 2;

  private final Set<Beat> beats = ConcurrentHashMap.newKeySet();

  /**
   * @param clock stays the caller's, and is stopped with the process
   */
  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the clock.
  public Heartbeats(ScheduledExecutorService clock) {
    clock.scheduleWithFixedDelay(this::all, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void all() {
    beats.forEach(Beat::once);
  }

  Beat beat(JsonLines lines, Runnable nobody) {
    Beat beat = new Beat(lines, nobody);
    beats.add(beat);
    return beat;
  }

  /** Of one answer. */
  final class Beat implements AutoCloseable {
    private final JsonLines lines;
    private final Runnable nobody;

    Beat(JsonLines lines, Runnable nobody) {
      this.lines = lines;
      this.nobody = nobody;
    }

    private void once() {
      try {
        lines.stillThere();
      } catch (IOException | RuntimeException gone) {
        beats.remove(this);
        nobody.run();
      }
    }

    @Override
    public void close() {
      beats.remove(this);
    }
  }
}
