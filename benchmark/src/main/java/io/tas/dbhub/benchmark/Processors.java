package io.tas.dbhub.benchmark;

import java.time.Duration;
import java.util.stream.Stream;

/** The processors' work. Unlike time on the clock, what others do hardly changes it. */
final class Processors {
  private Processors() {}

  /** What this process and all that it started, and that still run, have used so far; seconds. */
  static double seconds() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.descendants())
            .flatMap(process -> process.info().totalCpuDuration().stream())
            .mapToLong(Duration::toMillis)
            .sum()
        / 1e3;
  }
}
