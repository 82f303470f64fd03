package io.tas.dbhub.api.errors;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the client is told of as a problem document. The texts are for the client's eyes:
 * they must hold no credential, nothing internal and no text of a driver.
 */
public final class ProblemException extends RuntimeException {
  private final FailureType type;
  private final List<Violation> violations;
  private final @Nullable String suggestion;
  private final @Nullable String operation;
  private final @Nullable Duration retryAfter;
  private final Map<String, String> headers;
  private final transient @Nullable QueryFault query;

  public ProblemException(FailureType type, String detail) {
    this(type, detail, List.of(), null, null, null, Map.of(), null);
  }

  private ProblemException(
      FailureType type,
      String detail,
      List<Violation> violations,
      @Nullable String suggestion,
      @Nullable String operation,
      @Nullable Duration retryAfter,
      Map<String, String> headers,
      @Nullable QueryFault query) {
    super(detail);
    this.type = type;
    this.violations = List.copyOf(violations);
    this.suggestion = suggestion;
    this.operation = operation;
    this.retryAfter = retryAfter;
    this.headers = Map.copyOf(headers);
    this.query = query;
  }

  /** A 400 that names every field that breaks a rule. */
  public static ProblemException invalid(List<Violation> violations) {
    return new ProblemException(
        FailureType.INVALID,
        "The request breaks the rules of its fields.",
        violations,
        null,
        null,
        null,
        Map.of(),
        null);
  }

  public ProblemException withSuggestion(String text) {
    return new ProblemException(
        type, detail(), violations, text, operation, retryAfter, headers, query);
  }

  /**
   * @param operationId of the operation that stands in the way
   */
  public ProblemException withOperation(String operationId) {
    return new ProblemException(
        type, detail(), violations, suggestion, operationId, retryAfter, headers, query);
  }

  public ProblemException withRetryAfter(Duration delay) {
    return new ProblemException(
        type, detail(), violations, suggestion, operation, delay, headers, query);
  }

  /**
   * @param further headers of the answer beside those that every problem has
   */
  public ProblemException withHeaders(Map<String, String> further) {
    return new ProblemException(
        type, detail(), violations, suggestion, operation, retryAfter, further, query);
  }

  /** What a failed query's problem says beside. */
  public ProblemException withQuery(QueryFault fault) {
    return new ProblemException(
        type, detail(), violations, suggestion, operation, retryAfter, headers, fault);
  }

  public FailureType type() {
    return type;
  }

  public String detail() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  public List<Violation> violations() {
    return violations;
  }

  /** What to do about it; null where the detail says all there is to do. */
  public @Nullable String suggestion() {
    return suggestion == null ? Suggestions.of(type) : suggestion;
  }

  /** Null where no query failed. */
  public @Nullable QueryFault query() {
    return query;
  }

  public @Nullable String operation() {
    return operation;
  }

  /** How long the client should wait before it tries again; null when it makes no difference. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
