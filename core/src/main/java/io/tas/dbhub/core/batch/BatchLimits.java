package io.tas.dbhub.core.batch;

/**
 * How much a batch does at a time, and when it gives up.
 *
 * @param parallelism rows at a time, 1 to {@link #MOST_PARALLEL}
 * @param perHost of those for one target host; files have none, and are not counted
 * @param stopAfter failed rows, after which no other begins; 0 for never
 */
public record BatchLimits(int parallelism, int perHost, int stopAfter) {
  public static final int MOST_PARALLEL = 64;

  public static final BatchLimits DEFAULT = new BatchLimits(16, 4, 0);
}
