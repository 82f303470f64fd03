package io.tas.dbhub.dev.engine;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Tells whoever waits what is being built and how far it is. Thread-safe, as the stream below it
 * is.
 */
public final class Progress {
  private final PrintStream out;

  public Progress(PrintStream out) {
    this.out = out;
  }

  /** One line about one program. */
  public void say(String program, String message) {
    out.println("[" + program + "] " + message);
  }

  /** One line with the time a step has taken so far. */
  void say(String program, String message, Duration elapsed) {
    say(program, message + " (" + elapsed.toSeconds() + " s)");
  }
}
