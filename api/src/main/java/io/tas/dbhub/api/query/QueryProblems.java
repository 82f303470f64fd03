package io.tas.dbhub.api.query;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.errors.QueryFault;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.gate.order.RefusedQueryException;
import io.tas.dbhub.gate.order.Statements;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns why a query has no answer into what the user is told. */
final class QueryProblems {
  private static final Duration SOON = Duration.ofSeconds(2);

  private QueryProblems() {}

  /**
   * @param statements as they were sent
   * @param sql the text as the user wrote it
   */
  static ProblemException of(QueryError error, Statements statements, String sql) {
    Integer index = error.statement();
    Statements.Part part =
        statements.parts().get(index == null ? 0 : Math.min(index, statements.parts().size() - 1));
    Integer parameter = error.parameter();
    if (error.kind() == QueryErrorKind.PARAMETER) {
      String field =
          parameter == null ? "parameters" : "parameters[" + part.parameters().get(parameter) + "]";
      return ProblemException.invalid(List.of(new Violation(field, error.message())));
    }
    ProblemException problem =
        new ProblemException(error.kind().failureType(), error.message())
            .withQuery(fault(error, part, sql));
    String suggestion = error.suggestion();
    if (suggestion != null) {
      problem = problem.withSuggestion(suggestion);
    }
    return error.kind() == QueryErrorKind.BUSY ? problem.withRetryAfter(SOON) : problem;
  }

  private static QueryFault fault(QueryError error, Statements.Part part, String sql) {
    Integer position = error.position();
    Integer offset = position == null ? null : (Integer) part.offset(position, sql);
    return new QueryFault(
        error.kind().wireName(),
        error.code(),
        error.statement(),
        offset == null ? null : (Integer) (sql.codePointCount(0, offset) + 1),
        offset == null ? null : (Integer) line(sql, offset),
        offset == null ? null : (Integer) column(sql, offset));
  }

  private static int line(String sql, int offset) {
    return 1 + (int) sql.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  private static int column(String sql, int offset) {
    int begin = sql.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
    return begin > offset ? 1 : sql.codePointCount(begin, offset) + 1;
  }

  static ProblemException of(RefusedQueryException refused) {
    if (refused.type() == FailureType.INVALID) {
      return ProblemException.invalid(refused.violations());
    }
    ProblemException problem = new ProblemException(refused.type(), refused.reason());
    if (refused.type() == FailureType.NOT_READ_ONLY) {
      problem = problem.withQuery(QueryFault.of(QueryErrorKind.READONLY.wireName()));
    }
    Optional<String> suggestion = refused.suggestion();
    return suggestion.isPresent() ? problem.withSuggestion(suggestion.get()) : problem;
  }

  /** Until an instance serves it, nobody has said what may be done with it. */
  static ProblemException notServed() {
    return new ProblemException(
            FailureType.DBHUB_UNAVAILABLE, "No DBHub server serves the database yet.")
        .withRetryAfter(SOON);
  }

  static ProblemException unavailable(String detail) {
    return new ProblemException(FailureType.WORKER_UNAVAILABLE, detail)
        .withRetryAfter(SOON)
        .withQuery(QueryFault.of(QueryErrorKind.CONNECTION.wireName()));
  }
}
