package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;

/** A query that has no answer, and why. */
final class QueryFailedException extends Exception {
  private final transient QueryError error;

  QueryFailedException(QueryError error) {
    super(error.kind().wireName());
    this.error = error;
  }

  QueryFailedException(QueryErrorKind kind, String message, String suggestion) {
    this(new QueryError(kind, message, suggestion));
  }

  QueryError error() {
    return error;
  }
}
