package io.tas.dbhub.gate.order;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.gate.ReadOnlyVerdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query that is not run, and why: nothing of it has reached a database. */
public final class RefusedQueryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureType type;
  private final @Nullable String suggestion;
  private final transient List<Violation> violations;

  private RefusedQueryException(
      FailureType type, String message, @Nullable String suggestion, List<Violation> violations) {
    super(message);
    this.type = type;
    this.suggestion = suggestion;
    this.violations = violations;
  }

  static RefusedQueryException invalid(List<Violation> violations) {
    return new RefusedQueryException(
        FailureType.INVALID,
        violations.get(0).field() + " " + violations.get(0).message(),
        null,
        violations);
  }

  static RefusedQueryException notReadOnly(ReadOnlyVerdict.Refused refused) {
    return new RefusedQueryException(
        FailureType.NOT_READ_ONLY,
        "The connection is read-only and the query is not surely a read: " + refused.reason() + ".",
        refused.suggestion(),
        List.of());
  }

  static RefusedQueryException outOfBounds(ReadOnlyVerdict.Refused refused) {
    return new RefusedQueryException(
        FailureType.SQL_REFUSED,
        "The query was not run: " + refused.reason() + ".",
        refused.suggestion(),
        List.of());
  }

  /** {@code Invalid}, {@code NotReadOnly} or {@code SqlRefused}. */
  public FailureType type() {
    return type;
  }

  /** Why, for who asks. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** What to do instead. */
  public Optional<String> suggestion() {
    return Optional.ofNullable(suggestion);
  }

  /** What is wrong with which field: of {@code Invalid}, and of nothing else. */
  public List<Violation> violations() {
    return violations;
  }
}
