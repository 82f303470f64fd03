package io.tas.dbhub.core.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long checks took, in buckets that double: the first holds what took at most 1 ms, the next at
 * most 2, 4, 8 ms and so on, the last has no end. Small enough for a row per hour, and any number
 * of them can be added up; a percentile is right to within its bucket.
 *
 * @param counts of {@value #BUCKETS} buckets
 * @param longestMillis the longest of all; 0 when there is none
 */
public record LatencyHistogram(List<Long> counts, long longestMillis) {
  public static final int BUCKETS = 16;

  public static final LatencyHistogram EMPTY =
      new LatencyHistogram(Collections.nCopies(BUCKETS, 0L), 0);

  public LatencyHistogram {
    counts = List.copyOf(counts);
    if (counts.size() != BUCKETS) {
      throw new IllegalArgumentException("a histogram has " + BUCKETS + " buckets");
    }
  }

  /** Of one check. */
  public static LatencyHistogram of(long millis) {
    List<Long> counts = new ArrayList<>(EMPTY.counts);
    counts.set(bucket(millis), 1L);
    return new LatencyHistogram(counts, Math.max(0, millis));
  }

  /** Of both together. */
  public LatencyHistogram plus(LatencyHistogram other) {
    List<Long> sums = new ArrayList<>(BUCKETS);
    for (int i = 0; i < BUCKETS; i++) {
      sums.add(counts.get(i) + other.counts.get(i));
    }
    return new LatencyHistogram(sums, Math.max(longestMillis, other.longestMillis));
  }

  /**
   * What this share of the checks took at most, in milliseconds, as if those of a bucket were
   * spread evenly over it. Empty when there is none.
   *
   * @param share above 0, at most 1
   */
  public OptionalLong percentile(double share) {
    long all = counts.stream().mapToLong(Long::longValue).sum();
    if (all == 0) {
      return OptionalLong.empty();
    }
    double rank = share * all;
    long below = 0;
    int bucket = 0;
    while (bucket < BUCKETS - 1 && below + counts.get(bucket) < rank) {
      below += counts.get(bucket);
      bucket++;
    }
    long from = bucket == 0 ? 0 : 1L << (bucket - 1);
    long to = bucket == BUCKETS - 1 ? longestMillis : Math.min(1L << bucket, longestMillis);
    double within = (rank - below) / Math.max(1, counts.get(bucket));
    return OptionalLong.of(Math.round(from + Math.max(0, to - from) * Math.min(1, within)));
  }

  /** The number of the smallest bucket that holds it. */
  private static int bucket(long millis) {
    return millis <= 1
        ? 0
        : Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(millis - 1));
  }
}
