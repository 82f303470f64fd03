package io.tas.dbhub.api.query;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.query.DbhubAnswer.ToolError;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Turns what went wrong at DBHub into what the user is told. */
final class DbhubProblems {
  private static final Duration SOON = Duration.ofSeconds(5);

  /** How the drivers in DBHub begin when a statement took too long. */
  private static final Pattern TIMED_OUT =
      Pattern.compile(
          "canceling statement due to statement timeout|query read timeout"
              + "|query inactivity timeout|query execution was interrupted"
              + "|timeout: request failed to complete",
          Pattern.CASE_INSENSITIVE);

  /**
   * How they begin when it is not about the statement. Only beginnings: further on a message quotes
   * names and values of the user's.
   */
  private static final Pattern BROKEN_OFF =
      Pattern.compile(
          "connection (terminated|lost|is closed|timed out)|terminating connection"
              + "|timeout exceeded when trying to connect|pool failed to retrieve"
              + "|pool is closed|the database system is |sorry, too many clients"
              + "|too many connections|remaining connection slots|self.signed certificate"
              + "|unable to verify|certificate |the server does not support ssl"
              + "|password authentication failed|access denied for user .*using password"
              + "|login failed|failed to connect|not connected to|unable to open database"
              + "|can't add new command|getaddrinfo|connect e|read e|write e|socket |no pg_hba"
              + "|database \".*\" does not exist|unknown database",
          Pattern.CASE_INSENSITIVE);

  private DbhubProblems() {}

  static ProblemException of(ToolError error) {
    String text = ErrorText.withoutDriver(error.message());
    return switch (error.code()) {
      case "READONLY_VIOLATION" ->
          new ProblemException(
                  FailureType.NOT_READ_ONLY, "DBHub does not take the statement for a read.")
              .withSuggestion("This connection is read-only: begin with SELECT, WITH or EXPLAIN.");
      case "SOURCE_UNREACHABLE", "TUNNEL_FAILED" -> unreachable();
      case "AUTH_FAILED" ->
          new ProblemException(
                  FailureType.TARGET_FAILED, "The database refused the connection's credentials.")
              .withSuggestion("Rotate the credentials of this connection.");
      default -> {
        if (TIMED_OUT.matcher(text).lookingAt()) {
          yield timeout();
        }
        if (error.code().equals("EXECUTION_ERROR") && !BROKEN_OFF.matcher(text).lookingAt()) {
          yield new ProblemException(
              FailureType.SQL_REFUSED,
              "The database refused the statement: " + ErrorText.scrub(text));
        }
        yield unreachable();
      }
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
            FailureType.TARGET_FAILED, "DBHub cannot reach the database, or lost it.")
        .withSuggestion("Test the connection to see at which step it fails.");
  }
}
