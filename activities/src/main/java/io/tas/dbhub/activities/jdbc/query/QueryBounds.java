package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.core.query.QueryOrder;

/**
 * What one query may take.
 *
 * @param readOnly whether it may write
 * @param maxRows of a result
 * @param maxBytes of all results
 * @param timeoutMillis of all statements
 */
record QueryBounds(boolean readOnly, int maxRows, long maxBytes, long timeoutMillis) {
  private static final int MOST_AT_ONCE = 200;

  static QueryBounds of(QueryOrder order) {
    return new QueryBounds(
        order.readOnly(), order.maxRows(), order.maxBytes(), order.timeoutMillis());
  }

  /**
   * Rows that a driver holds at a time; one more than may be answered tells that there are more.
   */
  int fetch() {
    return Math.min(maxRows + 1, MOST_AT_ONCE);
  }
}
