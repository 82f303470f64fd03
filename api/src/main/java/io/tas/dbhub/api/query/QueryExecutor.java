package io.tas.dbhub.api.query;

import io.tas.dbhub.api.auth.Caller;

/** Runs one statement through the DBHub server that serves a database. Thread-safe. */
public interface QueryExecutor {
  /**
   * @param caller who asks; without the level query on the database it is refused
   * @throws io.tas.dbhub.api.errors.ProblemException NotFound, Forbidden, NotReadOnly, SqlRefused,
   *     TargetFailed, DbhubUnavailable, InventoryUnavailable, Timeout, TooManyRequests or Invalid
   */
  QueryAnswer execute(Caller caller, QueryCommand command);
}
