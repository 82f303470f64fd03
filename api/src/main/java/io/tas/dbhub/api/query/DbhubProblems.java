package io.tas.dbhub.api.query;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.query.ErrorText;
import io.tas.dbhub.dbhub.client.DbhubAnswer.ToolError;
import java.time.Duration;
import java.util.List;

/** Turns what went wrong at DBHub into what the user is told. */
final class DbhubProblems {
  private static final Duration SOON = Duration.ofSeconds(5);

  private DbhubProblems() {}

  static ProblemException of(ToolError error) {
    return switch (error.refusal()) {
      case NOT_A_READ ->
          new ProblemException(
                  FailureType.NOT_READ_ONLY, "DBHub does not take the statement for a read.")
              .withSuggestion("This connection is read-only: begin with SELECT, WITH or EXPLAIN.");
      case LOGIN ->
          new ProblemException(
                  FailureType.TARGET_FAILED, "The database refused the connection's credentials.")
              .withSuggestion("Rotate the credentials of this connection.");
      case STATEMENT ->
          new ProblemException(
              FailureType.SQL_REFUSED,
              "The database refused the statement: " + ErrorText.scrub(error.text()));
      case TIMED_OUT -> timeout();
      case NO_DATABASE, UNREACHABLE -> unreachable();
    };
  }

  static ProblemException timeout() {
    return new ProblemException(
            FailureType.TIMEOUT, "The database did not answer within the query timeout.")
        .withSuggestion("Ask for less, or raise query_timeout of this connection.");
  }

  static ProblemException unavailable(String detail) {
    return new ProblemException(FailureType.DBHUB_UNAVAILABLE, detail).withRetryAfter(SOON);
  }

  static ProblemException rejected(int status) {
    return switch (status) {
      case 401 -> unavailable("The DBHub server does not accept the control plane's token.");
      case 403 ->
          unavailable("The DBHub server does not allow requests for the address it is served at.");
      case 413 ->
          ProblemException.invalid(
              List.of(
                  new Violation(
                      "query", "is larger than DBHub accepts: 100 kB with its parameters")));
      default -> unavailable("The DBHub server answered with HTTP status " + status + ".");
    };
  }

  private static ProblemException unreachable() {
    return new ProblemException(
        FailureType.TARGET_FAILED, "DBHub cannot reach the database, or lost it.");
  }
}
