package io.tas.dbhub.dev.system;

import java.io.PrintStream;
import java.time.Duration;

/** Tells what is being done, and when it was done. Thread-safe. */
public final class Steps {
  private final PrintStream out;
  private final long start = System.nanoTime();

  public Steps(PrintStream out) {
    this.out = out;
  }

  public void say(String what, String message) {
    double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    out.printf("%6.1f s  %-11s %s%n", seconds, what, message);
  }
}
