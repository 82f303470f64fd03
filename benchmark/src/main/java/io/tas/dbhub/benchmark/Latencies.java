package io.tas.dbhub.benchmark;

import java.util.List;
import java.util.stream.Stream;

/** How long calls took, in nanoseconds. */
record Latencies(List<Long> nanos) {
  static final Latencies NONE = new Latencies(List.of());

  Latencies {
    nanos = List.copyOf(nanos);
  }

  Latencies and(Latencies more) {
    return new Latencies(Stream.of(this, more).flatMap(all -> all.nanos.stream()).toList());
  }

  int count() {
    return nanos.size();
  }

  /**
   * The time that the given share of the calls did not exceed, by the nearest rank; milliseconds.
   *
   * @param share over 0, to 1
   * @throws IllegalStateException if nothing was measured
   */
  double millis(double share) {
    if (nanos.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e6;
  }
}
