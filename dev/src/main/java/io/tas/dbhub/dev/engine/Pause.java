package io.tas.dbhub.dev.engine;

import java.time.Duration;

/** Waiting between two looks at a process that has no way to call us. */
final class Pause {
  private Pause() {}

  /**
   * @throws EngineException when the thread is interrupted; its interrupt flag stays set
   */
  static void of(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while waiting", e);
    }
  }
}
