package io.tas.dbhub.api.query;

import io.tas.dbhub.core.model.Scope;

/** Runs one statement through the DBHub server that serves a database. Thread-safe. */
public interface QueryExecutor {
  /**
   * @param scope whose database it must be
   * @param subject who asks
   * @throws io.tas.dbhub.api.errors.ProblemException NotFound, NotReadOnly, SqlRefused,
   *     TargetFailed, DbhubUnavailable, InventoryUnavailable, Timeout, TooManyRequests or Invalid
   */
  QueryAnswer execute(Scope scope, String subject, QueryCommand command);
}
