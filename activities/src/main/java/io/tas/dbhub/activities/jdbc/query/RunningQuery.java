package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.query.QueryOrder;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A query while it runs, so that another thread can end it: the statement is cancelled in the
 * target, and when that does not help its sockets are closed. Thread-safe.
 */
final class RunningQuery {
  private final QueryOrder order;
  private @Nullable Session session;
  private @Nullable Statement statement;
  private @Nullable QueryErrorKind ended;
  private boolean transferring;

  RunningQuery(QueryOrder order) {
    this.order = order;
  }

  QueryOrder order() {
    return order;
  }

  boolean isCalled(String name) {
    return name.equals(order.queryId()) || name.equals(order.alias());
  }

  synchronized void runsOn(Session used) {
    session = used;
  }

  /**
   * @throws QueryFailedException when it was ended before
   */
  synchronized void runs(Statement next) throws QueryFailedException {
    if (ended != null) {
      throw ending(ended, false);
    }
    statement = next;
  }

  /** It has a row, and whoever takes it goes on at their own pace. */
  synchronized void transfers() {
    transferring = order.transferMillis() > 0;
  }

  /** From now on ending it concerns no statement and no connection. */
  synchronized void over() {
    statement = null;
    session = null;
  }

  /** Why somebody ended it; null when nobody did. */
  synchronized @Nullable QueryErrorKind ended() {
    return ended;
  }

  /** Ends it, for the first reason that is given. */
  void end(QueryErrorKind reason) {
    Statement running;
    synchronized (this) {
      if (ended == null) {
        ended = reason;
      }
      running = statement;
    }
    if (running == null) {
      return;
    }
    try {
      running.cancel();
    } catch (SQLException | RuntimeException e) {
      abort();
    }
  }

  /** Where a target does not end it. */
  synchronized void abort() {
    if (session != null) {
      session.abort();
    }
  }

  /** How a query fails that was ended for the reason. */
  synchronized QueryFailedException ending(QueryErrorKind reason) {
    return ending(reason, transferring);
  }

  static QueryFailedException ending(QueryErrorKind reason, boolean transferring) {
    if (reason == QueryErrorKind.CANCELLED) {
      return new QueryFailedException(
          reason, "The query was cancelled.", "Ask again if it was not meant to be.");
    }
    return transferring
        ? new QueryFailedException(
            QueryErrorKind.TIMEOUT,
            "The rows were not taken in the time that an export may last.",
            "Ask for fewer rows, or take them faster.")
        : new QueryFailedException(
            QueryErrorKind.TIMEOUT,
            "The query took longer than it may and was ended.",
            "Ask for less, or raise query_timeout of this connection.");
  }
}
