package io.tas.dbhub.dbhub.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a DBHub server said, or why it said nothing. */
public sealed interface DbhubAnswer {
  /** The statements ran, one result each. */
  record Results(List<Result> statements) implements DbhubAnswer {
    public Results {
      statements = List.copyOf(statements);
    }
  }

  /**
   * @param rows an array of objects, column to value, as DBHub ordered them
   * @param count of the rows, or of those a write touched
   */
  record Result(JsonNode rows, int count, boolean truncated) {}

  /**
   * The tool answered with an error.
   *
   * @param code DBHub's: EXECUTION_ERROR, READONLY_VIOLATION, SOURCE_UNREACHABLE, AUTH_FAILED, …;
   *     empty when it gave none
   * @param message may hold what a driver said: to be scrubbed before anybody sees it
   */
  record ToolError(String code, String message) implements DbhubAnswer {
    public Refusal refusal() {
      return Refusal.of(code, message);
    }

    /** The message without what a driver added to it. Still to be scrubbed. */
    public String text() {
      return Refusal.withoutDriver(message);
    }

    @Override
    public String toString() {
      return "ToolError[code=" + code + "]";
    }
  }

  /**
   * The server does not have the tool: it has not been rolled since the database came, or it left.
   */
  record NotOffered() implements DbhubAnswer {}

  /** The server refused the request itself. */
  record Rejected(int httpStatus) implements DbhubAnswer {}

  /** Nobody answers at the address, or the connection broke. */
  record Unreachable() implements DbhubAnswer {}

  /** No answer in time. The statement may still be running. */
  record TimedOut() implements DbhubAnswer {}

  /** The answer has more bytes than may be held. */
  record TooLarge() implements DbhubAnswer {}

  /** What came is not what DBHub 1.4 answers. */
  record NotUnderstood() implements DbhubAnswer {}
}
