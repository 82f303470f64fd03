package io.tas.dbhub.dev.system;

import io.tas.dbhub.dev.engine.EngineException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waiting for a condition of another process. */
public final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Waiting() {}

  /**
   * Looks again and again.
   *
   * @throws EngineException saying what was waited for and what was seen last
   */
  public static <T> T until(
      String what, Duration timeout, Supplier<T> look, Predicate<? super T> done) {
    long deadline = System.nanoTime() + timeout.toNanos();
    @Nullable T seen = null;
    while (System.nanoTime() < deadline) {
      try {
        T now = look.get();
        if (done.test(now)) {
          return now;
        }
        seen = now;
      } catch (UncheckedIOException notThere) {
        // Nobody listens yet, or not any more.
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new EngineException(
        "Waited %d s for %s. Seen last: %s".formatted(timeout.toSeconds(), what, seen));
  }
}
