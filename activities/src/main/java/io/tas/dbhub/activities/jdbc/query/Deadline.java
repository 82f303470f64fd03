package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.core.query.QueryOrder;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * When a query's time is up. An answer that is taken as it comes has another time from its first
 * row on: how fast it is taken is not the statement's doing. Thread-safe.
 */
final class Deadline {
  private final ScheduledExecutorService clock;
  private final QueryOrder order;
  private final Runnable end;
  private Future<?> due;
  private boolean taken;
  private boolean over;

  /** Begins to count. */
  Deadline(ScheduledExecutorService clock, QueryOrder order, Runnable end) {
    this.clock = clock;
    this.order = order;
    this.end = end;
    this.due = clock.schedule(end, order.timeoutMillis(), TimeUnit.MILLISECONDS);
  }

  /** There is a row. */
  synchronized void rowsCome() {
    if (order.transferMillis() > 0 && !taken && !over) {
      taken = true;
      due.cancel(false);
      due = clock.schedule(end, order.transferMillis(), TimeUnit.MILLISECONDS);
    }
  }

  synchronized void over() {
    over = true;
    due.cancel(false);
  }
}
