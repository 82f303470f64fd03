package io.tas.dbhub.api.query;

import io.tas.dbhub.api.auth.Caller;
import java.io.IOException;

/** Runs queries for callers. Thread-safe. */
@FunctionalInterface
public interface QueryExecutor {
  /**
   * Answers when all is in the sink.
   *
   * @throws io.tas.dbhub.api.errors.ProblemException NotFound, Forbidden, NotReadOnly, SqlRefused,
   *     TargetFailed, DbhubUnavailable, InventoryUnavailable, Timeout, Cancelled, TooManyRequests,
   *     Busy or Invalid; what was in the sink before does not count
   * @throws IOException when the sink takes no more
   */
  void execute(QueryCall call, AnswerSink sink) throws IOException;

  /**
   * Ends a query of the caller's in its database too.
   *
   * @return whether one of that id is running
   */
  default boolean cancel(Caller caller, String queryId) {
    return false;
  }
}
