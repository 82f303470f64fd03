package io.tas.dbhub.cli.http;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import java.time.Duration;

/** Lets time go by. */
@FunctionalInterface
public interface Pause {
  void forDuration(Duration duration);

  /** Of the calling thread. */
  static Pause real() {
    return duration -> {
      try {
        Thread.sleep(duration.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(ExitCode.FAILED, "Interrupted.");
      }
    };
  }
}
