package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.core.query.QueryOrder;

/**
 * What one query may take.
 *
 * @param readOnly whether it may write
 * @param maxRows of a result
 * @param maxBytes of all results
 * @param timeoutMillis of all statements, up to the first row where the next is not 0
 * @param transferMillis of the rows from then on
 */
record QueryBounds(
    boolean readOnly, int maxRows, long maxBytes, long timeoutMillis, long transferMillis) {
  private static final int MOST_AT_ONCE = 200;
  private static final long GRACE_MILLIS = 1_000;

  static QueryBounds of(QueryOrder order) {
    return new QueryBounds(
        order.readOnly(),
        order.maxRows(),
        order.maxBytes(),
        order.timeoutMillis(),
        order.transferMillis());
  }

  /** Over this a server ends a statement by itself, should nobody be there to end it. */
  long serverMillis() {
    return timeoutMillis + transferMillis + GRACE_MILLIS;
  }

  /** Whether rows are taken as they come. */
  boolean streamed() {
    return transferMillis > 0;
  }

  /** Whether what was set for the other bounds holds for these as well. */
  boolean sameSettings(QueryBounds other) {
    return maxRows == other.maxRows
        && timeoutMillis == other.timeoutMillis
        && transferMillis == other.transferMillis;
  }

  /**
   * Rows that a driver holds at a time; one more than may be answered tells that there are more.
   */
  int fetch() {
    return Math.min(maxRows + 1, MOST_AT_ONCE);
  }
}
