package io.tas.dbhub.workflows.steps;

import java.time.Duration;

/** Pauses between two tries of the same. */
public final class Pauses {
  private Pauses() {}

  /** Twice as long, up to the longest. */
  public static Duration doubled(Duration pause, Duration longest) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
